"""How FastGAN trains: a discriminator that also draws pictures again."""

import keras
from keras import ops

from keras_productgen.augmentation import DiffAugment
from keras_productgen.losses import HingeLoss
from keras_productgen.metrics import PerceptualNetwork
from keras_productgen.models.conditioned_gan import ConditionedModel
from keras_productgen.models.fastgan import reconstruction
from keras_productgen.models.fastgan.discriminator import reconstruction_size
from keras_productgen.models.networks import check_not_negative


class FastGANTraining(ConditionedModel):
    """The losses of FastGAN, and what `compile` says of them."""

    def compile(
        self,
        *args,
        reconstruction_loss=None,
        reconstruction_weight=1.0,
        margin_noise=0.2,
        **kwargs,
    ):
        """Says how the model is trained; what is not given is the paper's.

        Args:
            reconstruction_loss: `"perceptual"`, by the encoder that ships, or
                `"l1"`. By default the first where it can be had, for an
                `image_size` of 64 or more.
            reconstruction_weight: float, weight of the distances of the real
                images from what the discriminator draws of them; 0 for none.
            margin_noise: float from 0 to below 1: the margin of a `HingeLoss`
                is drawn for each logit from `1 - margin_noise` to 1, in
                training. Other losses have none.
            *args, **kwargs: as in `AdversarialModel.compile`.

        Raises:
            ValueError: if `reconstruction_loss` is unknown or cannot be had, a
                number is out of its range, and as `AdversarialModel.compile`.
        """
        size = reconstruction_size(self.image_size)
        if reconstruction_loss is None:
            large = size >= reconstruction.SMALLEST_PERCEPTUAL
            reconstruction_loss = "perceptual" if large else "l1"
        reconstruction.check_loss(reconstruction_loss, size)
        check_not_negative(
            reconstruction_weight=reconstruction_weight,
            margin_noise=margin_noise,
        )
        if margin_noise >= 1.0:
            raise ValueError(
                "`margin_noise` must be from 0 to below 1. "
                f"Received: margin_noise={margin_noise}"
            )
        self.reconstruction_loss = reconstruction_loss
        self.reconstruction_weight = reconstruction_weight
        self.margin_noise = margin_noise
        if reconstruction_loss == "perceptual":
            PerceptualNetwork.shipped()  # Not within a step's graph.
        super().compile(*args, **kwargs)

    def compile_settings(self):
        return {
            **super().compile_settings(),
            "reconstruction_loss": self.reconstruction_loss,
            "reconstruction_weight": self.reconstruction_weight,
            "margin_noise": self.margin_noise,
        }

    def paper_settings(self):
        # A vector may be a colour, which should not be augmented.
        policy = "translation" if self.vectors else "color,translation"
        return {
            **super().paper_settings(),
            "loss": HingeLoss(),
            "augment": DiffAugment(policy, seed=self.seed),
        }

    def further_logs(self):
        logs = super().further_logs()
        if not self.reconstruction_weight:
            return logs
        return (*logs, "reconstruction_loss")

    def encoded(self, images, training):
        """The discriminator's maps of 16 by 16 and of 8 by 8."""
        encoder = self.discriminator.get_layer("encoder")
        return encoder(images, training=training)

    def judgement(self, maps, conditions, training):
        inputs = self.with_conditions("maps", maps, conditions)
        judge = self.discriminator.get_layer("judge")
        return judge(inputs, training=training)

    def logits(self, images, conditions, training):
        _, maps = self.encoded(images, training)
        return self.judgement(maps, conditions, training)

    def discriminator_loss(self, fake_images, batch, training):
        real_images = self.shown(batch.images, training)
        part_maps, whole_maps = self.encoded(real_images, training)
        real_logits = self.judgement(whole_maps, batch.conditions, training)
        fake_logits = self.judged(fake_images, batch.conditions, training)
        self.watch(real_logits, fake_logits, training)
        # A margin that is smaller by some is a logit that is larger by it.
        loss = self.adversarial_loss.discriminator(
            real_logits + self.slack(real_logits, training),
            fake_logits - self.slack(fake_logits, training),
        )
        loss = loss + self.slope_penalty(fake_images, batch, training)
        if not self.reconstruction_weight:
            return loss
        error = self.reconstruction_error(
            real_images, part_maps, whole_maps, training
        )
        self.log("reconstruction_loss", error)
        return loss + self.reconstruction_weight * error

    def slack(self, logits, training):
        """How much less than 1 is asked of each logit."""
        is_hinge = isinstance(self.adversarial_loss, HingeLoss)
        if not training or not is_hinge or not self.margin_noise:
            return 0.0
        return keras.random.uniform(
            ops.shape(logits), 0.0, self.margin_noise, seed=self.seed_generator
        )

    def reconstruction_error(self, images, part_maps, whole_maps, training):
        """Distances of images, and of a quadrant each, from their drawings."""
        places = reconstruction.random_places(images, self.seed_generator)
        part = self.discriminator.get_layer("part")(
            reconstruction.quadrants(part_maps, places), training=training
        )
        whole = self.discriminator.get_layer("whole")(
            whole_maps, training=training
        )
        of_part = reconstruction.quadrants(images, places)
        name = self.reconstruction_loss
        return reconstruction.distance(
            name, images, whole
        ) + reconstruction.distance(name, of_part, part)
