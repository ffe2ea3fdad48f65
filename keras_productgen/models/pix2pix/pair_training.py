"""How Pix2Pix is trained: against a critic, and towards its targets."""

import keras
from keras import ops

from keras_productgen.models.networks import check_not_negative
from keras_productgen.models.two_kinds import TwoKindsTranslation


class PairTraining(TwoKindsTranslation):
    """The losses of Pix2Pix, and what `compile` says of them.

    The inputs of a `Batch` are its sources and noise `(batch, noise_length)`.
    """

    def compile(self, *args, l1_weight=100.0, **kwargs):
        """Says how the model is trained; what is None is as in its paper.

        Args:
            *args: as in `AdversarialModel.compile`.
            l1_weight: float, weight of the mean absolute difference between
                images and targets, both in `[-1, 1]`.
            **kwargs: as in `AdversarialModel.compile`.

        Raises:
            ValueError: if `l1_weight` is negative, `augment` is given, or as
                in `AdversarialModel.compile`.
        """
        check_not_negative(l1_weight=l1_weight)
        if kwargs.get("augment"):
            raise ValueError(
                "`augment` must be False: it would move the targets away from "
                f"their sources. Received: augment={kwargs['augment']}"
            )
        self.l1_weight = l1_weight
        super().compile(*args, **kwargs)

    def further_logs(self):
        return ("l1_loss",)

    def unpack(self, data):
        sources, targets = super().unpack(data)
        return targets, sources

    def draw_inputs(self, images, conditions):
        shape = (ops.shape(images)[0], self.noise_length)
        noise = keras.random.normal(shape, seed=self.seed_generator)
        return {"sources": conditions, "noise": noise}

    def fake_images(self, batch, training):
        return self.generator(batch.inputs, training=training)

    def logits(self, images, conditions, training):
        inputs = {"sources": conditions, "images": images}
        return self.discriminator(inputs, training=training)

    def generator_loss(self, fake_images, batch, training):
        l1_loss = ops.mean(ops.abs(batch.images - fake_images))
        self.log("l1_loss", l1_loss)
        adversarial = super().generator_loss(fake_images, batch, training)
        return adversarial + self.l1_weight * l1_loss

    def compile_settings(self):
        return {**super().compile_settings(), "l1_weight": self.l1_weight}
