"""Generative adversarial networks: a generator against a discriminator."""

import keras
import numpy as np

from keras_productgen.models import ema
from keras_productgen.models.adversarial_training import AdversarialTraining
from keras_productgen.models.image_model import rows_of
from keras_productgen.random import stateless_normal


class AdversarialModel(AdversarialTraining):
    """Base class of the GANs: trains two networks against each other.

    A family builds its two networks and passes them on, and says in
    `paper_settings` how its paper trains them. It overrides a loss method where
    its paper changes the loss, `fake_images` and `logits` where its networks
    take more than latents and images.

    Args:
        generator: `keras.Model` from latents to images in `[-1, 1]`.
        discriminator: `keras.Model` from images in `[-1, 1]` to logits.
        latent_dim: int, length of the latent vectors.
        image_shape: tuple `(height, width, channels)`.
        value_range: pair of floats, the values of black and white in the
            pictures that go in and come out, by default `(0, 255)`.
        seed: optional int, fixes what the model draws while training.

    Reference:
    - [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661)
    """

    def __init__(
        self, generator, discriminator, latent_dim, image_shape, **kwargs
    ):
        super().__init__(image_shape, **kwargs)
        self.latent_dim = latent_dim
        self.generator = generator
        self.ema_generator = ema.average_of(generator)
        self.discriminator = discriminator
        self.d_loss_tracker = keras.metrics.Mean(name="d_loss")
        self.g_loss_tracker = keras.metrics.Mean(name="g_loss")
        self.built = True

    def call(self, inputs, training=False):
        """Latents to pictures in `value_range`, by the averaged weights."""
        outputs = self.ema_generator(inputs, training=training)
        return self.to_images(outputs)

    def generate(
        self,
        num_images,
        seed=None,
        conditions=None,
        first_index=0,
        batch_size=64,
    ):
        """Returns new pictures.

        Picture `k` of a seed is the same however many are made, and on every
        backend: `generate(1, seed=7, first_index=5)` makes number 5 again.

        Args:
            num_images: int.
            seed: optional int; by default the model draws one.
            conditions: optional dict, for models that take conditions: for each
                a value for all pictures, or one value a picture.
            first_index: int, the number of the first picture.
            batch_size: int, how many pictures are made at once.

        Returns:
            float32 array `(num_images, height, width, channels)`, with values
            in `value_range`.

        Raises:
            ValueError: if `num_images` is below 1, or the conditions are not
                those that the model was made for.
        """
        if num_images < 1:
            raise ValueError(
                "`num_images` must be at least 1. "
                f"Received: num_images={num_images}"
            )
        if seed is None:
            drawn = keras.random.randint(
                (), 0, 2**31 - 1, seed=self.seed_generator
            )
            seed = int(drawn)
        indices = np.arange(first_index, first_index + num_images)
        latents = stateless_normal(
            np.full(num_images, seed), indices, self.latent_dim
        )
        inputs = self.generator_inputs(latents, conditions)
        batches = [
            self.predict_on_batch(
                rows_of(inputs, slice(start, start + batch_size))
            )
            for start in range(0, num_images, batch_size)
        ]
        return np.concatenate(batches)

    def generator_inputs(self, latents, conditions):
        """What `call` takes, from latents and the caller's conditions."""
        if conditions:
            raise ValueError(
                f"{type(self).__name__} takes no conditions; ConditionalGAN "
                f"does. Received: conditions={sorted(conditions)}"
            )
        return latents

    def fake_images(self, latents, conditions, training):
        return self.generator(latents, training=training)

    def logits(self, images, conditions, training):
        return self.discriminator(images, training=training)
