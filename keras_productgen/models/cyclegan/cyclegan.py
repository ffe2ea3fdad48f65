import keras
import numpy as np

from keras_productgen.models import checks
from keras_productgen.models.attention import attention_at
from keras_productgen.models.cyclegan.cycle_training import CycleTraining
from keras_productgen.models.cyclegan.image_pool import ImagePool
from keras_productgen.models.cyclegan.networks import cyclegan_discriminators
from keras_productgen.models.cyclegan.networks import cyclegan_generators
from keras_productgen.models.networks import check_positive
from keras_productgen.models.patch_discriminator import SPECTRAL

STRIDE = 4


@keras.saving.register_keras_serializable(package="keras_productgen")
class CycleGAN(CycleTraining):
    """Translates between two kinds of pictures, `a` and `b`, without pairs.

    Two generators, one each way, must give a picture back after both; each has
    a discriminator, patch by patch. `fit` takes arrays `a, b` or a dataset of
    `(a, b)`, such as `keras_productgen.data.unpaired` makes.

    Args:
        image_size: int, height and width of the pictures in training, a
            multiple of 4.
        width: int, filters of the first convolution.
        num_blocks: int, residual blocks in a generator: the paper takes 6 for
            pictures of 128 pixels, 9 from 256 on.
        discriminator_layers: int, convolutions that halve the size in a
            discriminator: with 3 a patch is 70 pixels wide.
        pool_size: int, how many earlier images of either kind are kept for the
            discriminators; 0 for none. They are saved with the model.
        attention: tuple of ints, the resolutions in training at which all
            networks get a `SelfAttention`: half and a quarter of `image_size`;
            none by default. Its cost grows with the fourth power of the size.
        spectral_normalization: bool, whether the discriminators have spectral
            normalization in place of that of instances.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if `image_size` is not a multiple of 4 of at least 8,
            `discriminator_layers` leave no patch, or a number is too small.

    Example:

    ```python
    model = keras_productgen.models.CycleGAN(image_size=128, num_blocks=6)
    model.compile()
    model.fit(keras_productgen.data.unpaired(snapshots, shots), epochs=200)
    shots = model.translate(snapshots, direction="a_to_b")
    ```

    Reference:
    - [Zhu et al., 2017](https://arxiv.org/abs/1703.10593)
    """

    directions = ("a_to_b", "b_to_a")
    stride = STRIDE

    def __init__(
        self,
        image_size=256,
        width=64,
        num_blocks=9,
        discriminator_layers=3,
        pool_size=50,
        attention=(),
        spectral_normalization=False,
        **kwargs,
    ):
        _check_numbers(image_size, num_blocks, pool_size)
        super().__init__(image_size, width, **kwargs)
        self.num_blocks = num_blocks
        self.discriminator_layers = discriminator_layers
        self.pool_size = pool_size
        self.attention = attention_at(
            attention, [image_size // 4, image_size // 2]
        )
        self.spectral_normalization = spectral_normalization
        with self.precision():
            discriminators = cyclegan_discriminators(
                image_size,
                width,
                discriminator_layers,
                self.attention,
                SPECTRAL if spectral_normalization else "instance",
            )
            generators = cyclegan_generators(
                image_size, width, num_blocks, self.attention
            )
            self.set_networks(generators, discriminators)
        if pool_size:
            self.pools = {
                kind: ImagePool(pool_size, self.image_shape)
                for kind in self.kinds
            }

    def call(self, inputs, training=False):
        """Pictures to pictures, both in `value_range`.

        Takes pictures of `a`, or a dict of one of `a` and `b`: those of `a`
        become pictures of `b`, and those of `b` pictures of `a`.
        """
        if not isinstance(inputs, dict):
            inputs = {"a": inputs}
        ((kind, images),) = inputs.items()
        direction = self.directions[self.kinds.index(kind)]
        network = self.ema_generator.get_layer(direction)
        outputs = network(self.to_network(images), training=training)
        return self.to_images(outputs)

    def translate(self, images, direction="a_to_b", batch_size=16):
        """Returns what the model makes of pictures.

        Args:
            images: array `(num_images, height, width, 3)` with values in
                `value_range`; height and width multiples of 4.
            direction: `"a_to_b"` or `"b_to_a"`.
            batch_size: int, how many pictures are made at once.

        Returns:
            float32 array of the shape of `images`, with values in
            `value_range`.

        Raises:
            ValueError: if the pictures are not as said above.
        """
        if direction not in self.directions:
            raise ValueError(
                f"`direction` must be one of {self.directions}. "
                f"Received: direction={direction!r}"
            )
        images = np.asarray(images)
        _check_sizes(images.shape)
        checks.check_images(images, (*images.shape[1:3], 3), self.value_range)
        kind = self.kinds[self.directions.index(direction)]
        return self.translated(
            images, batch_size, lambda rows, start: {kind: rows}
        )

    def get_config(self):
        return {
            **super().get_config(),
            "num_blocks": self.num_blocks,
            "discriminator_layers": self.discriminator_layers,
            "pool_size": self.pool_size,
            "attention": self.attention,
            "spectral_normalization": self.spectral_normalization,
        }


def _check_numbers(image_size, num_blocks, pool_size):
    check_positive(image_size=image_size, num_blocks=num_blocks)
    if image_size < 2 * STRIDE or image_size % STRIDE:
        raise ValueError(
            f"`image_size` must be a multiple of {STRIDE}, at least "
            f"{2 * STRIDE}. Received: image_size={image_size}"
        )
    if not isinstance(pool_size, int) or pool_size < 0:
        raise ValueError(
            "`pool_size` must be an integer of at least 0. "
            f"Received: pool_size={pool_size!r}"
        )


def _check_sizes(shape):
    sides = shape[1:3]
    if len(shape) != 4 or any(side % STRIDE or side < 8 for side in sides):
        raise ValueError(
            "`images` must have the shape (num_images, height, width, 3) with "
            f"height and width multiples of {STRIDE}, at least {2 * STRIDE}. "
            f"Received: images.shape={shape}"
        )
