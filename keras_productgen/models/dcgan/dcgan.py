import keras

from keras_productgen.models.dcgan.networks import dcgan_discriminator
from keras_productgen.models.dcgan.networks import dcgan_generator
from keras_productgen.models.gan import AdversarialModel


@keras.saving.register_keras_serializable(package="keras_productgen")
class DCGAN(AdversarialModel):
    """Deep convolutional GAN.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

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

    def __init__(self, image_size=64, latent_dim=100, width=64, **kwargs):
        super().__init__(image_size, latent_dim, width, **kwargs)
        with self.precision():
            self.set_networks(
                dcgan_generator(image_size, latent_dim, width),
                dcgan_discriminator(image_size, width),
            )
