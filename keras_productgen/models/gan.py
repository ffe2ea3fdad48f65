"""Generative adversarial networks: a generator against a discriminator."""

import keras
import numpy as np
from keras import ops

from keras_productgen import backend
from keras_productgen.models import ema
from keras_productgen.models.image_model import ImageModel
from keras_productgen.models.image_model import rows_of
from keras_productgen.models.saving import portable
from keras_productgen.random import stateless_normal


class AdversarialModel(ImageModel):
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

    def paper_settings(self):
        """Returns the arguments of `compile` that the paper trains with."""
        raise NotImplementedError

    def compile(
        self,
        d_optimizer=None,
        g_optimizer=None,
        loss=None,
        discriminator_steps=None,
        ema_decay=0.999,
        global_clipnorm=None,
        run_eagerly=False,
        jit_compile="auto",
        steps_per_execution=1,
    ):
        """Says how the model is trained; with no argument, as in its paper.

        Args:
            d_optimizer: optimizer of the discriminator, instance or name.
            g_optimizer: optimizer of the generator, another instance or a
                name. Different learning rates for the two make the two
                time-scale update rule (TTUR).
            loss: `keras_productgen.losses.AdversarialLoss`.
            discriminator_steps: int, steps of the discriminator for one of the
                generator. A batch is cut into as many parts.
            ema_decay: float from 0 to 1, of the average of the generator's
                weights that makes the pictures; 0 for no average.
            global_clipnorm: optional float, limit of the norm of the gradients
                of a network.
            run_eagerly: bool, as in `keras.Model.compile`.
            jit_compile: bool or `"auto"`, as in `keras.Model.compile`.
            steps_per_execution: int, as in `keras.Model.compile`.

        Raises:
            ValueError: if one optimizer is given for both networks, or a number
                is out of its range.
        """
        _check_compile_arguments(
            d_optimizer, g_optimizer, discriminator_steps, ema_decay
        )
        settings = self.paper_settings()
        super().compile(
            optimizer=None,
            run_eagerly=run_eagerly,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
        )
        self._loss_tracker = None  # Keras would log its own `loss`, always 0.
        self.d_optimizer = self._prepared(
            d_optimizer or settings["d_optimizer"],
            self.discriminator,
            "d_optimizer",
            global_clipnorm,
        )
        self.g_optimizer = self._prepared(
            g_optimizer or settings["g_optimizer"],
            self.generator,
            "g_optimizer",
            global_clipnorm,
        )
        self.optimizer = backend.OptimizerGroup(
            self.d_optimizer, self.g_optimizer
        )
        self.adversarial_loss = loss or settings["loss"]
        self.discriminator_steps = (
            discriminator_steps or settings["discriminator_steps"]
        )
        self.ema_decay = ema_decay

    def _prepared(self, optimizer, network, name, global_clipnorm):
        optimizer = keras.optimizers.get(optimizer)
        if global_clipnorm is not None:
            optimizer.global_clipnorm = global_clipnorm
        scaled = isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
        if self.dtype_policy.name == "mixed_float16" and not scaled:
            optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
        optimizer.name = name  # Callbacks log `learning_rate_<name>`.
        optimizer.build(network.trainable_weights)
        return optimizer

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

    def check_batch(self, images, conditions):
        super().check_batch(images, conditions)
        if len(images) < self.discriminator_steps:
            raise ValueError(
                "A batch must hold at least `discriminator_steps` images: use "
                "larger batches, and `drop_remainder=True` for the last one. "
                f"Received: a batch of {len(images)}, "
                f"discriminator_steps={self.discriminator_steps}"
            )

    def fake_images(self, latents, conditions, training):
        return self.generator(latents, training=training)

    def logits(self, images, conditions, training):
        return self.discriminator(images, training=training)

    def discriminator_loss(
        self, real_images, fake_images, conditions, training
    ):
        # Two passes, not one over the union: batch normalization would mix
        # the statistics of real and fake images.
        return self.adversarial_loss.discriminator(
            self.logits(real_images, conditions, training),
            self.logits(fake_images, conditions, training),
        )

    def generator_loss(self, fake_images, conditions, training):
        return self.adversarial_loss.generator(
            self.logits(fake_images, conditions, training)
        )

    @backend.stateful_step
    def train_step(self, data):
        images, conditions = self.unpack(data)
        *parts, last = _parts(images, conditions, self.discriminator_steps)
        for part_images, part_conditions in parts:
            fake_images = self.fake_images(
                self._latents_for(part_images), part_conditions, training=True
            )
            self.discriminator_step(part_images, fake_images, part_conditions)
        self.generator_step(*last)
        ema.update(
            self.ema_generator,
            self.generator,
            self.ema_decay,
            self.g_optimizer.iterations,
        )
        return self._logs()

    def discriminator_step(self, real_images, fake_images, conditions):
        fake_images = ops.stop_gradient(fake_images)
        d_loss = backend.gradient_step(
            lambda: self.discriminator_loss(
                real_images, fake_images, conditions, training=True
            ),
            self.discriminator.trainable_weights,
            self.d_optimizer,
        )
        self.d_loss_tracker.update_state(d_loss)

    def generator_step(self, real_images, conditions):
        latents = self._latents_for(real_images)

        def loss():
            fake_images = self.fake_images(latents, conditions, training=True)
            # The discriminator learns from the same images before it judges
            # them: one pass through the generator serves both.
            self.discriminator_step(real_images, fake_images, conditions)
            return self.generator_loss(fake_images, conditions, training=True)

        g_loss = backend.gradient_step(
            loss, self.generator.trainable_weights, self.g_optimizer
        )
        self.g_loss_tracker.update_state(g_loss)

    @backend.stateful_step
    def test_step(self, data):
        images, conditions = self.unpack(data)
        fake_images = self.fake_images(
            self._latents_for(images), conditions, training=False
        )
        self.d_loss_tracker.update_state(
            self.discriminator_loss(
                images, fake_images, conditions, training=False
            )
        )
        self.g_loss_tracker.update_state(
            self.generator_loss(fake_images, conditions, training=False)
        )
        return self._logs()

    def _latents_for(self, images):
        shape = (ops.shape(images)[0], self.latent_dim)
        return keras.random.normal(shape, seed=self.seed_generator)

    def _logs(self):
        return {
            "d_loss": self.d_loss_tracker.result(),
            "g_loss": self.g_loss_tracker.result(),
        }

    def get_compile_config(self):
        if not self.compiled:
            return None
        config = keras.saving.serialize_keras_object(
            {
                "d_optimizer": self.d_optimizer,
                "g_optimizer": self.g_optimizer,
                "loss": self.adversarial_loss,
                "discriminator_steps": self.discriminator_steps,
                "ema_decay": self.ema_decay,
                "run_eagerly": self.run_eagerly,
                "steps_per_execution": self.steps_per_execution,
            }
        )
        return portable(config)

    def compile_from_config(self, config):
        self.compile(**keras.saving.deserialize_keras_object(config))


def _check_compile_arguments(
    d_optimizer, g_optimizer, discriminator_steps, ema_decay
):
    if d_optimizer is not None and d_optimizer is g_optimizer:
        if not isinstance(d_optimizer, str):
            raise ValueError(
                "`d_optimizer` and `g_optimizer` must be two optimizers: each "
                "keeps the state of one network. Received: the same instance"
            )
    if discriminator_steps is not None and discriminator_steps < 1:
        raise ValueError(
            "`discriminator_steps` must be at least 1. "
            f"Received: discriminator_steps={discriminator_steps}"
        )
    if not 0.0 <= ema_decay < 1.0:
        raise ValueError(
            "`ema_decay` must be from 0 to below 1. "
            f"Received: ema_decay={ema_decay}"
        )


def _parts(images, conditions, num_parts):
    """Cuts a batch into `num_parts` of equal size; a rest is left out."""
    if num_parts == 1:
        return [(images, conditions)]
    size = ops.shape(images)[0] // num_parts

    return [
        rows_of((images, conditions), slice(part * size, (part + 1) * size))
        for part in range(num_parts)
    ]
