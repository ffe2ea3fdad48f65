"""Generative adversarial networks: a generator against a discriminator."""

import keras
import numpy as np
from keras import ops

from keras_productgen.models.adversarial_training import AdversarialTraining
from keras_productgen.models.image_model import rows_of
from keras_productgen.models.networks import check_integers
from keras_productgen.models.networks import check_positive
from keras_productgen.random import stateless_normal


class AdversarialModel(AdversarialTraining):
    """Base class of the GANs: pictures from random numbers.

    A family builds its two networks, hands them to `set_networks`, and says in
    `paper_settings` how its paper trains them. It overrides a loss method where
    its paper changes the loss, `fake_images` and `logits` where its networks
    take more than latents and images.

    Args:
        image_size: int, height and width of the images.
        latent_dim: int, length of the latent vectors.
        width: int, how wide the networks are.
        value_range: pair of floats, the values of black and white in the
            pictures that go in and come out, by default `(0, 255)`.
        seed: optional int, fixes what the model draws while training.
        dtype: optional name of a dtype policy, such as `"mixed_bfloat16"`.
        name: optional str.

    Raises:
        ValueError: if a number is not above 0.

    Reference:
    - [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661)
    """

    def __init__(self, image_size, latent_dim, width, **kwargs):
        check_positive(
            image_size=image_size, latent_dim=latent_dim, width=width
        )
        super().__init__((image_size, image_size, 3), **kwargs)
        self.image_size = image_size
        self.latent_dim = latent_dim
        self.width = width

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
            ValueError: if `num_images` is below 1, a number is no integer, or
                the conditions are not those that the model was made for.
        """
        latents = self.numbered_latents(num_images, seed, first_index)
        return self.generate_from(latents, conditions, batch_size)

    def generate_from(self, latents, conditions=None, batch_size=64):
        """Returns the pictures of given latents.

        Args:
            latents: float array `(num_images, latent_dim)`, such as
                `numbered_latents` gives.
            conditions: optional dict, as in `generate`.
            batch_size: int, how many pictures are made at once.

        Returns:
            float32 array `(num_images, height, width, channels)`, with values
            in `value_range`.

        Raises:
            ValueError: if `latents` have another shape, or the conditions are
                not those that the model was made for.
        """
        latents = np.asarray(latents, "float32")
        if latents.shape[1:] != (self.latent_dim,) or not len(latents):
            raise ValueError(
                "`latents` must have the shape (num_images, "
                f"{self.latent_dim}). Received: an array of shape "
                f"{latents.shape}"
            )
        inputs = self.generator_inputs(latents, conditions)
        return in_batches(
            self.predict_on_batch, inputs, len(latents), batch_size
        )

    def numbered_latents(self, num_images, seed=None, first_index=0):
        """Returns the latents of `generate`, `(num_images, latent_dim)`."""
        check_positive(num_images=num_images)
        if seed is None:
            drawn = keras.random.randint(
                (), 0, 2**31 - 1, seed=self.seed_generator
            )
            seed = int(drawn)
        check_integers(seed=seed, first_index=first_index)
        indices = np.arange(first_index, first_index + num_images)
        return stateless_normal(
            np.full(num_images, seed), indices, self.latent_dim
        )

    def generator_inputs(self, latents, conditions):
        """What `call` takes, from latents and the caller's conditions."""
        if conditions:
            raise ValueError(
                f"{type(self).__name__} takes no conditions; ConditionalGAN "
                f"does. Received: conditions={sorted(conditions)}"
            )
        return latents

    def draw_inputs(self, images, conditions):
        shape = (ops.shape(images)[0], self.latent_dim)
        return keras.random.normal(shape, seed=self.seed_generator)

    def fake_images(self, batch, training):
        return self.generator(batch.inputs, training=training)

    def logits(self, images, conditions, training):
        return self.discriminator(images, training=training)

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "latent_dim": self.latent_dim,
            "width": self.width,
        }


def in_batches(function, inputs, num_rows, batch_size):
    """Calls `function` with `batch_size` rows of `inputs` at a time."""
    return np.concatenate(
        [
            function(rows_of(inputs, slice(start, start + batch_size)))
            for start in range(0, num_rows, batch_size)
        ]
    )
