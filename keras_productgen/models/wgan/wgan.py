import keras
from keras import ops

from keras_productgen.losses import WassersteinLoss
from keras_productgen.models.wgan.base import WassersteinGAN


@keras.saving.register_keras_serializable(package="keras_productgen")
class WGAN(WassersteinGAN):
    """Wasserstein GAN whose critic is kept smooth by clipping its weights.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        clip_value: float, the largest magnitude of a weight of the critic.
        value_range: pair of floats, the values of black and white in the
            pictures that go in and come out.
        seed: optional int, fixes the latents drawn while training.
        dtype: optional name of a dtype policy, such as `"mixed_bfloat16"`.

    Raises:
        ValueError: if `image_size` cannot be reached by doubling from 4, or a
            number is not above 0.

    Reference:
    - [Arjovsky et al., 2017](https://arxiv.org/abs/1701.07875), algorithm 1
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=128,
        width=64,
        clip_value=0.01,
        value_range=(0, 255),
        seed=None,
        dtype=None,
        **kwargs,
    ):
        if not clip_value > 0.0:
            raise ValueError(
                "`clip_value` must be above 0. "
                f"Received: clip_value={clip_value}"
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
        self.clip_value = clip_value

    def paper_settings(self):
        return {
            "d_optimizer": keras.optimizers.RMSprop(5e-5),
            "g_optimizer": keras.optimizers.RMSprop(5e-5),
            "loss": WassersteinLoss(),
            "discriminator_steps": 5,
        }

    def discriminator_step(self, real_images, fake_images, conditions):
        super().discriminator_step(real_images, fake_images, conditions)
        for weight in self.discriminator.trainable_weights:
            limit = self.clip_value
            weight.assign(
                ops.clip(ops.convert_to_tensor(weight), -limit, limit)
            )

    def get_config(self):
        return {**super().get_config(), "clip_value": self.clip_value}
