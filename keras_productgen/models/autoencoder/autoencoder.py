import keras

from keras_productgen import backend
from keras_productgen.models import optimizers
from keras_productgen.models.autoencoder.networks import autoencoder_decoder
from keras_productgen.models.autoencoder.networks import autoencoder_encoder
from keras_productgen.models.image_model import ImageModel
from keras_productgen.models.networks import check_positive


@keras.saving.register_keras_serializable(package="keras_productgen")
class Autoencoder(ImageModel):
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
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.built = True

    def call(self, inputs, training=False):
        """Pictures to pictures, both in `value_range`."""
        images = self.to_network(inputs)
        return self.to_images(self.reconstructions(images, training))

    def reconstructions(self, images, training=False):
        """Images to images, both in `[-1, 1]`."""
        latents = self.encoder(images, training=training)
        return self.decoder(latents, training=training)

    def compile(
        self,
        optimizer=None,
        loss=None,
        run_eagerly=False,
        jit_compile="auto",
        steps_per_execution=1,
    ):
        """Says how the model is trained; with no argument, by sound defaults.

        Args:
            optimizer: instance or name, by default `Adam(1e-3)`.
            loss: `keras.losses.Loss` of images in `[-1, 1]`, by default the
                mean absolute error.
            run_eagerly: bool, as in `keras.Model.compile`.
            jit_compile: bool or `"auto"`, as in `keras.Model.compile`.
            steps_per_execution: int, as in `keras.Model.compile`.
        """
        super().compile(
            optimizer=None,
            run_eagerly=run_eagerly,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
        )
        self._loss_tracker = None  # Keras would log its own `loss`, always 0.
        self.optimizer = optimizers.prepared(
            optimizer or keras.optimizers.Adam(1e-3),
            self.trainable_weights,
            name="optimizer",
            global_clipnorm=None,
            scale_loss=self.dtype_policy.name == "mixed_float16",
        )
        self.reconstruction_loss = loss or keras.losses.MeanAbsoluteError()

    @backend.stateful_step
    def train_step(self, data):
        images, _ = self.unpack(data)

        def loss():
            drawn = self.reconstructions(images, training=True)
            return self.reconstruction_loss(images, drawn)

        value = backend.gradient_step(
            loss, self.trainable_weights, self.optimizer
        )
        self.loss_tracker.update_state(value)
        return {"loss": self.loss_tracker.result()}

    @backend.stateful_step
    def test_step(self, data):
        images, _ = self.unpack(data)
        drawn = self.reconstructions(images)
        self.loss_tracker.update_state(self.reconstruction_loss(images, drawn))
        return {"loss": self.loss_tracker.result()}

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "latent_dim": self.latent_dim,
            "width": self.width,
        }

    def compile_settings(self):
        return {
            "optimizer": self.optimizer,
            "loss": self.reconstruction_loss,
            "run_eagerly": self.run_eagerly,
            "steps_per_execution": self.steps_per_execution,
        }
