from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.networks import check_image_size
from keras_productgen.models.networks import check_positive
from keras_productgen.models.precision import precision
from keras_productgen.models.wgan.networks import wgan_critic
from keras_productgen.models.wgan.networks import wgan_generator


class WassersteinGAN(AdversarialModel):
    """What the two Wasserstein GANs share: their networks.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
    """

    def __init__(self, image_size, latent_dim, width, dtype=None, **kwargs):
        check_image_size(image_size)
        check_positive(latent_dim=latent_dim, width=width)
        with precision(dtype):
            generator = wgan_generator(image_size, latent_dim, width)
            critic = wgan_critic(image_size, width)
        super().__init__(
            generator,
            critic,
            latent_dim,
            (image_size, image_size, 3),
            dtype=dtype,
            **kwargs,
        )
        self.image_size = image_size
        self.width = width

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "latent_dim": self.latent_dim,
            "width": self.width,
        }
