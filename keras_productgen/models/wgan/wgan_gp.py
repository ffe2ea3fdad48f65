import keras
from keras import ops

from keras_productgen.losses import WassersteinLoss
from keras_productgen.losses import gradient_penalty
from keras_productgen.models.wgan.base import WassersteinGAN


@keras.saving.register_keras_serializable(package="keras_productgen")
class WGANGP(WassersteinGAN):
    """Wasserstein GAN with gradient penalty.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        penalty_weight: float, weight of the gradient penalty.
        value_range: pair of floats, the values of black and white in the
            pictures that go in and come out.
        seed: optional int, fixes the latents drawn while training.
        dtype: optional name of a dtype policy, such as `"mixed_bfloat16"`.

    Raises:
        ValueError: if `image_size` cannot be reached by doubling from 4, or a
            number is out of its range.

    Reference:
    - [Gulrajani et al., 2017](https://arxiv.org/abs/1704.00028), algorithm 1
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=128,
        width=64,
        penalty_weight=10.0,
        value_range=(0, 255),
        seed=None,
        dtype=None,
        **kwargs,
    ):
        if penalty_weight < 0.0:
            raise ValueError(
                "`penalty_weight` must not be negative. "
                f"Received: penalty_weight={penalty_weight}"
            )
        super().__init__(
            image_size,
            latent_dim,
            width,
            value_range=value_range,
            seed=seed,
            dtype=dtype,
            **kwargs,
        )
        self.penalty_weight = penalty_weight

    def paper_settings(self):
        return {
            "d_optimizer": keras.optimizers.Adam(1e-4, 0.0, 0.9),
            "g_optimizer": keras.optimizers.Adam(1e-4, 0.0, 0.9),
            "loss": WassersteinLoss(),
            "discriminator_steps": 5,
        }

    def discriminator_loss(
        self, real_images, fake_images, conditions, training
    ):
        loss = super().discriminator_loss(
            real_images, fake_images, conditions, training
        )
        mix = keras.random.uniform(
            (ops.shape(real_images)[0], 1, 1, 1), seed=self.seed_generator
        )
        between = mix * real_images + (1.0 - mix) * fake_images
        penalty = gradient_penalty(self.discriminator, between)
        return loss + self.penalty_weight * penalty

    def get_config(self):
        return {**super().get_config(), "penalty_weight": self.penalty_weight}
