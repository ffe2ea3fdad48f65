import keras

from keras_productgen.models.autoencoder.networks import autoencoder_decoder
from keras_productgen.models.autoencoder.networks import autoencoder_encoder
from keras_productgen.models.networks import check_positive
from keras_productgen.models.supervised_model import SupervisedModel


@keras.saving.register_keras_serializable(package="keras_productgen")
class Autoencoder(SupervisedModel):
    """Convolutional autoencoder: squeezes pictures and draws them again.

    What it has seen often it draws well. Trained on faultless products alone,
    it leaves faults out: `evaluation.ReconstructionAnomalies` looks for what
    differs.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the vectors in between: too long, and faults
            are drawn as well; too short, and details are lost.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if `image_size` cannot be reached by doubling from 4, or a
            number is not above 0.

    Example:

    ```python
    model = keras_productgen.models.Autoencoder(image_size=64)
    model.compile()
    model.fit(dataset, epochs=50)
    drawn = model.predict(images)  # As the images, values 0-255.
    ```

    Reference:
    - [Hinton and Salakhutdinov, 2006](https://doi.org/10.1126/science.1127647)
    """

    def __init__(self, image_size=64, latent_dim=128, width=32, **kwargs):
        check_positive(latent_dim=latent_dim, width=width)
        super().__init__((image_size, image_size, 3), **kwargs)
        self.image_size = image_size
        self.latent_dim = latent_dim
        self.width = width
        with self.precision():
            self.encoder = autoencoder_encoder(image_size, latent_dim, width)
            self.decoder = autoencoder_decoder(image_size, latent_dim, width)
        self.set_trackers("loss")
        self.built = True

    def call(self, inputs, training=False):
        """Pictures to pictures, both in `value_range`."""
        images = self.to_network(inputs)
        return self.to_images(self.outputs(images, training))

    def examples(self, data):
        images, _ = self.unpack(data)
        return images, images

    def outputs(self, inputs, training=False):
        latents = self.encoder(inputs, training=training)
        return self.decoder(latents, training=training)

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "latent_dim": self.latent_dim,
            "width": self.width,
        }
