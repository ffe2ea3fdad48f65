import keras

from keras_productgen.models.attention import checked_attention
from keras_productgen.models.dcgan.networks import dcgan_discriminator
from keras_productgen.models.dcgan.networks import dcgan_generator
from keras_productgen.models.dcgan.networks import spectral_discriminator
from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.networks import check_image_size


@keras.saving.register_keras_serializable(package="keras_productgen")
class DCGAN(AdversarialModel):
    """Deep convolutional GAN.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`, such as `(32,)`; none by default.
        spectral_normalization: bool, whether the discriminator has spectral
            normalization in place of batch normalization.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: if `image_size` cannot be reached by doubling from 4, a
            number is not above 0, or the networks have no feature maps of a
            resolution in `attention`.

    Example:

    ```python
    model = keras_productgen.models.DCGAN(image_size=64)
    model.compile()
    model.fit(dataset, epochs=100)
    images = model.generate(16, seed=0)  # (16, 64, 64, 3), values 0-255
    ```

    Reference:
    - [Radford et al., 2015](https://arxiv.org/abs/1511.06434)
    - [Zhang et al., 2019](https://arxiv.org/abs/1805.08318), self-attention
    - [Miyato et al., 2018](https://arxiv.org/abs/1802.05957), spectral
      normalization
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=100,
        width=64,
        attention=(),
        spectral_normalization=False,
        **kwargs,
    ):
        super().__init__(image_size, latent_dim, width, **kwargs)
        check_image_size(image_size)
        self.attention = checked_attention(attention, image_size)
        self.spectral_normalization = spectral_normalization
        discriminator = (
            spectral_discriminator
            if spectral_normalization
            else dcgan_discriminator
        )
        with self.precision():
            self.set_networks(
                dcgan_generator(image_size, latent_dim, width, attention),
                discriminator(image_size, width, attention),
            )

    def get_config(self):
        return {
            **super().get_config(),
            "attention": list(self.attention),
            "spectral_normalization": self.spectral_normalization,
        }
