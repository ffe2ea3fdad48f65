import keras
from keras import ops

from keras_productgen.models.deepfill import filling
from keras_productgen.models.deepfill.coarse import coarse_fill
from keras_productgen.models.deepfill.networks import deepfill_generator
from keras_productgen.models.deepfill.networks import patch_discriminator
from keras_productgen.models.deepfill.training import HoleTraining
from keras_productgen.models.networks import check_image_size
from keras_productgen.models.networks import check_positive


@keras.saving.register_keras_serializable(package="keras_productgen")
class DeepFill(HoleTraining):
    """Fills holes of any form: gated convolutions against a critic of patches.

    Learns from clean pictures: holes are drawn anew for every batch, strokes
    and boxes. As in the paper, but small: its first, coarse stage is computed
    from the colours around a hole and not learned, its second one looks far by
    dilation and not by attention.

    Args:
        image_size: int, height and width of the pictures in training, and of
            what the network sees of a larger one: 8, 16, 32, ... 1024.
        width: int, filters at the full size; twice as many at half of it, four
            times at a quarter.
        discriminator_layers: int, convolutions of the discriminator; each
            halves the size.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if `image_size` is not one of the above,
            `discriminator_layers` halve it beyond a pixel, or a number is not
            above 0.

    Example:

    ```python
    pieces = kpg.data.image_patches("photos", patch_size=128, seed=0)
    model = kpg.models.DeepFill(image_size=128)
    model.compile(adversarial_weight=0)
    model.fit(pieces, epochs=20)  # By the absolute difference alone.
    model.compile()
    model.fit(pieces, epochs=10)  # Against the critic.
    filled = model.restore(photo, mask)  # uint8, of any size
    ```

    Reference:
    - [Yu et al., 2019](https://arxiv.org/abs/1806.03589)
    """

    def __init__(
        self, image_size=128, width=24, discriminator_layers=5, **kwargs
    ):
        check_image_size(image_size)
        check_positive(width=width, discriminator_layers=discriminator_layers)
        super().__init__((image_size, image_size, 3), **kwargs)
        self.image_size = image_size
        self.width = width
        self.discriminator_layers = discriminator_layers
        with self.precision():
            self.set_networks(
                deepfill_generator(image_size, width),
                patch_discriminator(image_size, width, discriminator_layers),
            )

    def call(self, inputs, training=False):
        """Fills the holes of pictures, in `value_range`.

        Takes a dict of `images` and `masks`, `(batch, image_size, image_size,
        1)` with 1 in the holes. What is in the holes has no say.
        """
        images = self.to_network(inputs["images"])
        masks = ops.cast(inputs["masks"], "float32")
        outputs = self.ema_generator(
            {"images": coarse_fill(images, masks), "masks": masks},
            training=training,
        )
        pictures = ops.cast(inputs["images"], "float32")
        return masks * self.to_images(outputs) + (1.0 - masks) * pictures

    def restore(self, picture, mask):
        """Fills the holes of a picture of any size and kind.

        The network sees pieces around each hole. Where a hole is thicker than
        a third of what it sees, it fills a smaller copy, which is enlarged.

        Args:
            picture: uint8 array `(height, width, channels)` of an RGB, RGBA or
                grey picture, or `(height, width)`. Transparency is kept.
            mask: bool or uint8 array `(height, width)`, true or above 0 where
                to fill.

        Returns:
            uint8 array of the kind of `picture`, the same outside the mask to
            the last bit.

        Raises:
            ValueError: if `picture` is no such array, `mask` does not fit it,
                or leaves nothing of it.
        """
        return filling.filled(self, picture, mask)

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "width": self.width,
            "discriminator_layers": self.discriminator_layers,
        }
