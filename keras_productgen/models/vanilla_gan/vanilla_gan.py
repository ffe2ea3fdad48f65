import keras

from keras_productgen.losses import NonSaturatingLoss
from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.networks import check_positive
from keras_productgen.models.precision import precision
from keras_productgen.models.vanilla_gan.networks import vanilla_discriminator
from keras_productgen.models.vanilla_gan.networks import vanilla_generator


@keras.saving.register_keras_serializable(package="keras_productgen")
class GAN(AdversarialModel):
    """The first GAN: a generator of dense layers alone.

    For teaching and as a baseline. It has no notion of neighbouring pixels, so
    its pictures stay grainy; `DCGAN` is the one to train in earnest.

    Args:
        image_size: int, height and width of the images, even.
        latent_dim: int, length of the latent vectors.
        width: int, units of the generator's first layer; the two that follow
            have two and four times as many.
        filters: int, filters of the discriminator's convolution.
        value_range: pair of floats, the values of black and white in the
            pictures that go in and come out.
        seed: optional int, fixes the latents drawn while training.
        dtype: optional name of a dtype policy, such as `"mixed_bfloat16"`.

    Raises:
        ValueError: if `image_size` is odd, or a number is not above 0.

    Reference:
    - [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661)
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=100,
        width=256,
        filters=32,
        value_range=(0, 255),
        seed=None,
        dtype=None,
        **kwargs,
    ):
        check_positive(
            image_size=image_size,
            latent_dim=latent_dim,
            width=width,
            filters=filters,
        )
        if image_size % 2:
            raise ValueError(
                f"`image_size` must be even. Received: image_size={image_size}"
            )
        with precision(dtype):
            generator = vanilla_generator(image_size, latent_dim, width)
            discriminator = vanilla_discriminator(image_size, filters)
        super().__init__(
            generator,
            discriminator,
            latent_dim,
            (image_size, image_size, 3),
            value_range=value_range,
            seed=seed,
            dtype=dtype,
            **kwargs,
        )
        self.image_size = image_size
        self.width = width
        self.filters = filters

    def paper_settings(self):
        # The paper trains with momentum; Adam is what every later one takes.
        return {
            "d_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "g_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "loss": NonSaturatingLoss(),
            "discriminator_steps": 1,
        }

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "latent_dim": self.latent_dim,
            "width": self.width,
            "filters": self.filters,
        }
