import keras

from keras_productgen.losses import NonSaturatingLoss
from keras_productgen.models.dcgan.networks import dcgan_discriminator
from keras_productgen.models.dcgan.networks import dcgan_generator
from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.networks import check_image_size
from keras_productgen.models.networks import check_positive
from keras_productgen.models.precision import precision


@keras.saving.register_keras_serializable(package="keras_productgen")
class DCGAN(AdversarialModel):
    """Deep convolutional GAN.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        value_range: pair of floats, the values of black and white in the
            pictures that go in and come out.
        seed: optional int, fixes the latents drawn while training.
        dtype: optional name of a dtype policy, such as `"mixed_bfloat16"`.

    Raises:
        ValueError: if `image_size` cannot be reached by doubling from 4, or a
            number is not above 0.

    Example:

    ```python
    model = keras_productgen.models.DCGAN(image_size=64)
    model.compile()
    model.fit(dataset, epochs=100)
    images = model.generate(16, seed=0)  # (16, 64, 64, 3), values 0-255
    ```

    Reference:
    - [Radford et al., 2015](https://arxiv.org/abs/1511.06434)
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=100,
        width=64,
        value_range=(0, 255),
        seed=None,
        dtype=None,
        **kwargs,
    ):
        check_image_size(image_size)
        check_positive(latent_dim=latent_dim, width=width)
        with precision(dtype):
            generator = dcgan_generator(image_size, latent_dim, width)
            discriminator = dcgan_discriminator(image_size, width)
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

    def paper_settings(self):
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
        }
