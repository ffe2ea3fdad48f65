from keras_productgen.losses import WassersteinLoss
from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.wgan.networks import wgan_critic
from keras_productgen.models.wgan.networks import wgan_generator


class WassersteinGAN(AdversarialModel):
    """What the two Wasserstein GANs share: their networks and their loss.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.
    """

    def __init__(self, image_size=64, latent_dim=128, width=64, **kwargs):
        super().__init__(image_size, latent_dim, width, **kwargs)
        with self.precision():
            self.set_networks(
                wgan_generator(image_size, latent_dim, width),
                wgan_critic(image_size, width),
            )

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "loss": WassersteinLoss(),
            "discriminator_steps": 5,
        }
