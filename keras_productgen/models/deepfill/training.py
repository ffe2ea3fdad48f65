"""How holes are learned to be filled."""

import keras
import numpy as np
from keras import ops

from keras_productgen.losses import HingeLoss
from keras_productgen.models.adversarial_training import AdversarialTraining
from keras_productgen.models.deepfill import filling
from keras_productgen.models.deepfill.coarse import coarse_fill
from keras_productgen.models.deepfill.masks import random_masks
from keras_productgen.models.networks import check_not_negative


class HoleTraining(AdversarialTraining):
    """Draws holes in pictures; learns to fill them, and to please a critic.

    Stands between `DeepFill` and `AdversarialTraining` for the reader's sake
    alone.
    """

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "d_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5),
            "g_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5),
            "loss": HingeLoss(),
        }

    def compile(self, *args, l1_weight=1.0, adversarial_weight=1.0, **kwargs):
        """Says how the model is trained; what is None is as in its paper.

        The average of the weights is not the paper's.

        Args:
            *args: as in `AdversarialModel.compile`.
            l1_weight: float, weight of the mean absolute difference in the
                holes, of images in `[-1, 1]`. Around them nothing changes.
            adversarial_weight: float, weight of what the discriminator thinks
                of the filled images; 0 leaves it out and untrained.
            **kwargs: as in `AdversarialModel.compile`.

        Raises:
            ValueError: if a weight is negative, both are 0, `augment` is given,
                or as in `AdversarialModel.compile`.
        """
        weights = {
            "l1_weight": l1_weight,
            "adversarial_weight": adversarial_weight,
        }
        check_not_negative(**weights)
        if not any(weights.values()):
            raise ValueError(
                "`l1_weight` and `adversarial_weight` must not be both 0. "
                f"Received: {weights}"
            )
        if kwargs.get("augment"):
            raise ValueError(
                "`augment` must be False: it would move images away from their "
                f"masks. Received: augment={kwargs['augment']}"
            )
        self.l1_weight = l1_weight
        self.adversarial_weight = adversarial_weight
        super().compile(*args, **kwargs)
        if not adversarial_weight:
            self.logged = ["g_loss", *self.further_logs()]

    def further_logs(self):
        return ("hole_loss",)

    def check_batch(self, images, masks):
        """Raises a `ValueError` unless a batch holds pictures.

        Masks `(batch, height, width, 1)` of 0 and 1 may come beside them.
        """
        super().check_batch(images, masks)
        if isinstance(masks, np.ndarray):
            filling.check_masks(masks, images.shape)

    def unpack(self, data):
        """Returns images in `[-1, 1]` and masks, drawn if none came."""
        images, masks = super().unpack(data)
        if masks is None or isinstance(masks, dict):
            count = ops.shape(images)[0]
            masks = random_masks(count, self.image_size, self.seed_generator)
        return images, ops.cast(masks, "float32")

    def draw_inputs(self, images, conditions):
        coarse = coarse_fill(images, conditions)
        return {"images": coarse, "masks": conditions}

    def fake_images(self, batch, training):
        return self.generator(batch.inputs, training=training)

    def logits(self, images, conditions, training):
        inputs = {"images": images, "masks": conditions}
        return self.discriminator(inputs, training=training)

    def discriminator_step(self, fake_images, batch):
        if self.adversarial_weight:
            super().discriminator_step(fake_images, batch)

    def discriminator_loss(self, fake_images, batch, training):
        if not self.adversarial_weight:
            return 0.0
        return super().discriminator_loss(fake_images, batch, training)

    def generator_loss(self, fake_images, batch, training):
        # Where there is no hole, the images agree.
        differences = ops.sum(ops.abs(batch.images - fake_images))
        count = ops.maximum(ops.sum(batch.conditions), 1.0)
        hole_loss = differences / (count * fake_images.shape[-1])
        self.log("hole_loss", hole_loss)
        loss = self.l1_weight * hole_loss
        if not self.adversarial_weight:
            return loss
        adversarial = super().generator_loss(fake_images, batch, training)
        return loss + self.adversarial_weight * adversarial

    def compile_settings(self):
        return {
            **super().compile_settings(),
            "l1_weight": self.l1_weight,
            "adversarial_weight": self.adversarial_weight,
        }
