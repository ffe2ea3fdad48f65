"""How a generator and a discriminator are trained against each other."""

import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.models import ema
from keras_productgen.models.adversarial_settings import AdversarialSettings
from keras_productgen.models.batch import Batch
from keras_productgen.models.image_model import rows_of


class AdversarialTraining(AdversarialSettings):
    """The steps and the losses of every adversarial training.

    A model says what its generator starts from (`draw_inputs`), how its
    networks are called (`fake_images`, `logits`), and hands them to
    `set_networks`.
    """

    def draw_inputs(self, images, conditions):
        """Returns what the generator makes as many images of."""
        raise NotImplementedError

    def fake_images(self, batch, training):
        """Returns the generator's images, in `[-1, 1]`, for a `Batch`."""
        raise NotImplementedError

    def fake_conditions(self, batch):
        """Returns the conditions that the fake images of a `Batch` are of."""
        return batch.conditions

    def logits(self, images, conditions, training):
        """Returns the discriminator's judgement of images in `[-1, 1]`."""
        raise NotImplementedError

    def check_batch(self, images, conditions):
        super().check_batch(images, conditions)
        if len(images) < self.discriminator_steps:
            raise ValueError(
                "A batch must hold at least `discriminator_steps` images: use "
                "larger batches, and `drop_remainder=True` for the last one. "
                f"Received: a batch of {len(images)}, "
                f"discriminator_steps={self.discriminator_steps}"
            )

    def log(self, name, values):
        """Adds to the mean of the epoch that `fit` shows under `name`."""
        getattr(self, f"{name}_tracker").update_state(values)

    def shown(self, images, training):
        """Images as the discriminator sees them: augmented, with noise."""
        if training and self.augment:
            images = self.augment(images, training=True)
        if training:
            images = self.stabilizers.with_noise(
                images, self.d_optimizer.iterations, self.seed_generator
            )
        return images

    def judged(self, images, conditions, training):
        """The logits of images as the discriminator sees them."""
        images = self.shown(images, training)
        return self.logits(images, conditions, training)

    def discriminator_loss(self, fake_images, batch, training):
        # Two passes, not one over the union: batch normalization would mix
        # the statistics of real and fake images.
        real_logits = self.judged(batch.images, batch.conditions, training)
        fake_conditions = self.fake_conditions(batch)
        fake_logits = self.judged(fake_images, fake_conditions, training)
        self.watch(real_logits, fake_logits, training)
        loss = self.adversarial_loss.discriminator(real_logits, fake_logits)
        return loss + self.slope_penalty(fake_images, batch, training)

    def watch(self, real_logits, fake_logits, training):
        """Logs how often the discriminator is right; adapts `augment`."""
        threshold = self.adversarial_loss.threshold
        if threshold is not None:
            self.log("d_real_accuracy", real_logits > threshold)
            self.log("d_fake_accuracy", fake_logits < threshold)
        if hasattr(self.augment, "observe"):
            if training:
                self.augment.observe(real_logits - threshold)
            self.log("augment_probability", self.augment.probability)

    def slope_penalty(self, fake_images, batch, training):
        if not self.stabilizers.penalize:
            return 0.0
        fake_conditions = self.fake_conditions(batch)
        return self.stabilizers.penalty(
            lambda images: self.judged(images, batch.conditions, training),
            batch.images,
            fake_images,
            self.d_optimizer.iterations if training else 0,
            self.seed_generator,
            lambda images: self.judged(images, fake_conditions, training),
        )

    def generator_loss(self, fake_images, batch, training):
        return self.adversarial_loss.generator(
            self.judged(fake_images, self.fake_conditions(batch), training)
        )

    @backend.stateful_step
    def train_step(self, data):
        images, conditions = self.unpack(data)
        *parts, last = _parts(images, conditions, self.discriminator_steps)
        for part in parts:
            batch = self._batch(*part)
            fake_images = self.fake_images(batch, training=True)
            self.discriminator_step(fake_images, batch)
        self.generator_step(self._batch(*last))
        ema.update(
            self.ema_generator,
            self.generator,
            self.ema_decay,
            self.g_optimizer.iterations,
        )
        return self._logs()

    def discriminator_step(self, fake_images, batch):
        fake_images = keras.tree.map_structure(ops.stop_gradient, fake_images)
        d_loss = backend.gradient_step(
            lambda: self.discriminator_loss(fake_images, batch, training=True),
            self.discriminator.trainable_weights,
            self.d_optimizer,
        )
        self.stabilizers.clip(self.discriminator.trainable_weights)
        self.log("d_loss", d_loss)

    def generator_step(self, batch):
        def loss():
            fake_images = self.fake_images(batch, training=True)
            # The discriminator learns from the same images before it judges
            # them: one pass through the generator serves both.
            self.discriminator_step(fake_images, batch)
            return self.generator_loss(fake_images, batch, training=True)

        g_loss = backend.gradient_step(
            loss, self.generator.trainable_weights, self.g_optimizer
        )
        self.log("g_loss", g_loss)

    @backend.stateful_step
    def test_step(self, data):
        batch = self._batch(*self.unpack(data))
        fake_images = self.fake_images(batch, training=False)
        d_loss = self.discriminator_loss(fake_images, batch, training=False)
        self.log("d_loss", d_loss)
        g_loss = self.generator_loss(fake_images, batch, training=False)
        self.log("g_loss", g_loss)
        return self._logs()

    def _batch(self, images, conditions):
        inputs = self.draw_inputs(images, conditions)
        return Batch(images, conditions, inputs)

    def _logs(self):
        return {
            name: getattr(self, f"{name}_tracker").result()
            for name in self.logged
        }


def _parts(images, conditions, num_parts):
    """Cuts a batch into `num_parts` of equal size; a rest is left out."""
    if num_parts == 1:
        return [(images, conditions)]
    size = ops.shape(keras.tree.flatten(images)[0])[0] // num_parts

    return [
        rows_of((images, conditions), slice(part * size, (part + 1) * size))
        for part in range(num_parts)
    ]
