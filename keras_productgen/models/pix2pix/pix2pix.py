import keras
import numpy as np
from keras import ops

from keras_productgen.models import checks
from keras_productgen.models.attention import checked_attention
from keras_productgen.models.networks import check_integers
from keras_productgen.models.patch_discriminator import SPECTRAL
from keras_productgen.models.patch_discriminator import check_normalization
from keras_productgen.models.patch_discriminator import patch_discriminator
from keras_productgen.models.pix2pix.networks import noise_length
from keras_productgen.models.pix2pix.networks import unet_generator
from keras_productgen.models.pix2pix.pair_training import PairTraining
from keras_productgen.random import stateless_normal


@keras.saving.register_keras_serializable(package="keras_productgen")
class Pix2Pix(PairTraining):
    """Translates pictures, having seen pairs: an outline and its product.

    The generator is a U-Net, whose noise is the dropout in its inner layers;
    the discriminator sees source and target together, patch by patch.

    Args:
        image_size: int, height and width of the pictures: 16, 32, ... 512.
        width: int, filters of the first convolution; they double with every
            halving of the size, up to 8 times `width`.
        source_channels: int, channels of the sources: 1 for masks and
            sketches.
        target_channels: int, channels of the targets.
        discriminator_layers: int, convolutions that halve the size in the
            discriminator: with 3 a patch is 70 pixels wide.
        normalization: `"instance"`, which is what the paper does with batches
            of one picture, or `"batch"`.
        dropout_at_inference: bool, whether the noise stays when the model is
            used.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`; none by default.
        spectral_normalization: bool, whether the discriminator has spectral
            normalization in place of the other.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if `image_size` is not one of the above, `normalization` is
            unknown, `discriminator_layers` leave no patch, or a number is not
            above 0.

    Example:

    ```python
    model = keras_productgen.models.Pix2Pix(image_size=64, source_channels=1)
    model.compile()
    model.fit(outlines, products, batch_size=4, epochs=100)
    pictures = model.translate(outlines[:8])  # Values 0-255, as the products.
    ```

    Reference:
    - [Isola et al., 2017](https://arxiv.org/abs/1611.07004)
    """

    def __init__(
        self,
        image_size=256,
        width=64,
        source_channels=3,
        target_channels=3,
        discriminator_layers=3,
        normalization="instance",
        dropout_at_inference=True,
        attention=(),
        spectral_normalization=False,
        **kwargs,
    ):
        channels = (source_channels, target_channels)
        check_normalization(normalization)
        super().__init__(image_size, width, channels, **kwargs)
        self.noise_length = noise_length(image_size, width)
        self.discriminator_layers = discriminator_layers
        self.normalization = normalization
        self.dropout_at_inference = dropout_at_inference
        self.attention = checked_attention(attention, image_size)
        self.spectral_normalization = spectral_normalization
        with self.precision():
            discriminator = patch_discriminator(
                image_size,
                width,
                discriminator_layers,
                SPECTRAL if spectral_normalization else normalization,
                channels=target_channels,
                given_channels=source_channels,
                attention=self.attention,
            )
            generator = unet_generator(
                image_size,
                width,
                channels,
                normalization,
                dropout_at_inference,
                self.attention,
            )
            self.set_networks(generator, discriminator)

    def call(self, inputs, training=False):
        """Sources to pictures, both in `value_range`.

        Takes the sources alone, or a dict of `sources` and `noise`, standard
        normal numbers `(batch, noise_length)`. Without, all pictures get the
        noise of picture 0 of seed 0.
        """
        if not isinstance(inputs, dict):
            shape = (ops.shape(inputs)[0], self.noise_length)
            noise = ops.broadcast_to(self._noise(0, np.arange(1)), shape)
            inputs = {"sources": inputs, "noise": noise}
        sources = self.to_network(inputs["sources"])
        # Run eagerly, Keras on JAX hands out numpy arrays.
        noise = ops.convert_to_tensor(inputs["noise"])
        outputs = self.ema_generator(
            {"sources": sources, "noise": noise}, training=training
        )
        return self.to_images(outputs)

    def translate(self, images, batch_size=16, seed=0, first_index=0):
        """Returns what the model makes of pictures.

        The noise of picture `k` depends on `seed` and `k` alone.

        Args:
            images: array `(num_images, height, width, source_channels)`, with
                values in `value_range`.
            batch_size: int, how many pictures are made at once.
            seed: int, of the noise.
            first_index: int, the number of the first picture.

        Returns:
            float32 array `(num_images, height, width, target_channels)`, with
            values in `value_range`.

        Raises:
            ValueError: if the pictures are not as those of the training, or a
                number is no integer.
        """
        check_integers(seed=seed, first_index=first_index)
        images = np.asarray(images)
        checks.check_images(images, self.image_shape, self.value_range)

        def inputs_of(sources, start):
            indices = first_index + start + np.arange(len(sources))
            return {"sources": sources, "noise": self._noise(seed, indices)}

        return self.translated(images, batch_size, inputs_of)

    def _noise(self, seed, indices):
        seeds = np.full(len(indices), seed)
        return stateless_normal(seeds, indices, self.noise_length)

    def get_config(self):
        return {
            **super().get_config(),
            "source_channels": self.image_shape[-1],
            "target_channels": self.target_shape[-1],
            "discriminator_layers": self.discriminator_layers,
            "normalization": self.normalization,
            "dropout_at_inference": self.dropout_at_inference,
            "attention": self.attention,
            "spectral_normalization": self.spectral_normalization,
        }
