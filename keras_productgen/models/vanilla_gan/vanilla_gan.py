import keras

from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.networks import check_positive
from keras_productgen.models.vanilla_gan.networks import vanilla_discriminator
from keras_productgen.models.vanilla_gan.networks import vanilla_generator


@keras.saving.register_keras_serializable(package="keras_productgen")
class GAN(AdversarialModel):
    """The first GAN: a generator of dense layers alone.

    For teaching and as a baseline. The paper trains with momentum; here it is
    Adam, as in every later one. It has no notion of neighbouring pixels, so
    its pictures stay grainy; `DCGAN` is the one to train in earnest.

    Args:
        image_size: int, height and width of the images, even.
        latent_dim: int, length of the latent vectors.
        width: int, units of the generator's first layer; the two that follow
            have two and four times as many.
        filters: int, filters of the discriminator's convolution.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: if `image_size` is odd, or a number is not above 0.

    Reference:
    - [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661)
    """

    def __init__(
        self, image_size=64, latent_dim=100, width=256, filters=32, **kwargs
    ):
        check_positive(filters=filters)
        super().__init__(image_size, latent_dim, width, **kwargs)
        if image_size % 2:
            raise ValueError(
                f"`image_size` must be even. Received: image_size={image_size}"
            )
        self.filters = filters
        with self.precision():
            self.set_networks(
                vanilla_generator(image_size, latent_dim, width),
                vanilla_discriminator(image_size, filters),
            )

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}
