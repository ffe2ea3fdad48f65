"""How a generator and a discriminator are trained against each other."""

import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.models import ema
from keras_productgen.models import optimizers
from keras_productgen.models.image_model import ImageModel
from keras_productgen.models.image_model import rows_of


class AdversarialTraining(ImageModel):
    """`compile`, the steps and the losses of `AdversarialModel`.

    Stands between it and `ImageModel` for the reader's sake alone. It asks for
    `generator`, `ema_generator`, `discriminator`, `fake_images` and `logits`.
    """

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
        optimizers.check_settings(
            d_optimizer, g_optimizer, discriminator_steps, ema_decay
        )
        settings = self.paper_settings()
        scale_loss = self.dtype_policy.name == "mixed_float16"
        super().compile(
            optimizer=None,
            run_eagerly=run_eagerly,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
        )
        self._loss_tracker = None  # Keras would log its own `loss`, always 0.
        self.d_optimizer = optimizers.prepared(
            d_optimizer or settings["d_optimizer"],
            self.discriminator.trainable_weights,
            name="d_optimizer",
            global_clipnorm=global_clipnorm,
            scale_loss=scale_loss,
        )
        self.g_optimizer = optimizers.prepared(
            g_optimizer or settings["g_optimizer"],
            self.generator.trainable_weights,
            name="g_optimizer",
            global_clipnorm=global_clipnorm,
            scale_loss=scale_loss,
        )
        self.optimizer = backend.OptimizerGroup(
            self.d_optimizer, self.g_optimizer
        )
        self.adversarial_loss = loss or settings["loss"]
        self.discriminator_steps = (
            discriminator_steps or settings["discriminator_steps"]
        )
        self.ema_decay = ema_decay

    def check_batch(self, images, conditions):
        super().check_batch(images, conditions)
        if len(images) < self.discriminator_steps:
            raise ValueError(
                "A batch must hold at least `discriminator_steps` images: use "
                "larger batches, and `drop_remainder=True` for the last one. "
                f"Received: a batch of {len(images)}, "
                f"discriminator_steps={self.discriminator_steps}"
            )

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
        return optimizers.portable(config)

    def compile_from_config(self, config):
        self.compile(**keras.saving.deserialize_keras_object(config))


def _parts(images, conditions, num_parts):
    """Cuts a batch into `num_parts` of equal size; a rest is left out."""
    if num_parts == 1:
        return [(images, conditions)]
    size = ops.shape(images)[0] // num_parts

    return [
        rows_of((images, conditions), slice(part * size, (part + 1) * size))
        for part in range(num_parts)
    ]
