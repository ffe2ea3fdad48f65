from keras_productgen.losses import WassersteinLoss
from keras_productgen.models.attention import checked_attention
from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.networks import check_image_size
from keras_productgen.models.wgan.networks import wgan_critic
from keras_productgen.models.wgan.networks import wgan_generator


class WassersteinGAN(AdversarialModel):
    """What the two Wasserstein GANs share: their networks and their loss.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`, such as `(32,)`; none by default.
        spectral_normalization: bool, whether the critic has it. It may stand
            in the place of the penalty or the clipping.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=128,
        width=64,
        attention=(),
        spectral_normalization=False,
        **kwargs,
    ):
        super().__init__(image_size, latent_dim, width, **kwargs)
        check_image_size(image_size)
        self.attention = checked_attention(attention, image_size)
        self.spectral_normalization = spectral_normalization
        with self.precision():
            self.set_networks(
                wgan_generator(image_size, latent_dim, width, attention),
                wgan_critic(
                    image_size, width, attention, spectral_normalization
                ),
            )

    def get_config(self):
        return {
            **super().get_config(),
            "attention": list(self.attention),
            "spectral_normalization": self.spectral_normalization,
        }

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "loss": WassersteinLoss(),
            "discriminator_steps": 5,
        }
