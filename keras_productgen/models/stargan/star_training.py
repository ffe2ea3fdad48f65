import keras
from keras import ops

from keras_productgen.losses import WassersteinLoss
from keras_productgen.models import guesses
from keras_productgen.models.conditioned import Conditioned
from keras_productgen.models.image_translation import ImageTranslation
from keras_productgen.models.networks import check_not_negative
from keras_productgen.models.stargan import pairs


class StarTraining(Conditioned, ImageTranslation):
    """How one generator learns to give pictures other conditions.

    The discriminator also guesses the conditions of the pictures. The inputs of
    a `Batch` are the conditions that its pictures are to get.
    """

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "d_optimizer": keras.optimizers.Adam(1e-4, 0.5, 0.999),
            "g_optimizer": keras.optimizers.Adam(1e-4, 0.5, 0.999),
            "loss": WassersteinLoss(),
            "discriminator_steps": 5,
            "gradient_penalty_weight": 10.0,
        }

    def compile(
        self,
        *args,
        classification_weight=1.0,
        reconstruction_weight=10.0,
        pair_weight=0.0,
        **kwargs,
    ):
        """Says how the model is trained; what is None is as in its paper.

        Args:
            *args: as in `AdversarialModel.compile`.
            classification_weight: float, weight of the guesses of conditions;
                or a dict from the name of a condition to its own, 1 for those
                that are not named.
            reconstruction_weight: float, weight of the mean absolute difference
                between a picture and what comes back when it is given other
                conditions, and then its own again.
            pair_weight: float, weight of the mean absolute difference between
                what the model makes and what it should make, for data that can
                tell; not in the paper. Above 0 conditions also hold
                `changed_images` and `changed_<name>` for each name, as those of
                `ProductCatalog.changes` do, and these are what is learned.
            **kwargs: as in `AdversarialModel.compile`.

        Raises:
            ValueError: if a weight is out of its range, or as in
                `AdversarialModel.compile`.
        """
        check_not_negative(
            reconstruction_weight=reconstruction_weight, pair_weight=pair_weight
        )
        self._classification_weights = guesses.weights_by_name(
            classification_weight,
            self.condition_names(),
            "classification_weight",
        )
        self.classification_weight = classification_weight
        self.reconstruction_weight = reconstruction_weight
        self.pair_weight = pair_weight
        super().compile(*args, **kwargs)

    def further_logs(self):
        return (
            "classification_loss",
            "reconstruction_loss",
            *(("pair_loss",) if self.pair_weight else ()),
            *guesses.measure_names(self.categories, self.vectors, self.labels),
        )

    def check_batch(self, images, conditions):
        super().check_batch(images, conditions)
        if self.pair_weight:
            pairs.check_changes(self, images, conditions)

    def unpack(self, data):
        images, conditions = super().unpack(data)
        if self.pair_weight:
            targets = self.to_network(conditions[pairs.IMAGES])
            conditions = {**conditions, pairs.IMAGES: targets}
        return images, conditions

    def draw_inputs(self, images, conditions):
        if self.pair_weight:
            return pairs.changed(conditions)
        num_images = ops.shape(images)[0]
        order = ops.argsort(
            keras.random.uniform((num_images,), seed=self.seed_generator)
        )
        return {
            name: ops.take(conditions[name], order, axis=0)
            for name in self.condition_names()
        }

    def fake_images(self, batch, training):
        return self.given(batch.images, batch.inputs, training)

    def given(self, images, conditions, training):
        """Images that have been given conditions, all in `[-1, 1]`."""
        inputs = {name: conditions[name] for name in self.condition_names()}
        return self.generator({"images": images, **inputs}, training=training)

    def outputs(self, images, training):
        """Logits and guesses, by name, of images as they are shown."""
        images = self.shown(images, training)
        return self.discriminator(images, training=training)

    def logits(self, images, conditions, training):
        return self.discriminator(images, training=training)["logits"]

    def discriminator_loss(self, fake_images, batch, training):
        real = self.outputs(batch.images, training)
        fake_logits = self.outputs(fake_images, training)["logits"]
        self.watch(real["logits"], fake_logits, training)
        for name, values in guesses.measures(
            real, batch.conditions, self.categories, self.vectors, self.labels
        ).items():
            self.log(name, values)
        return (
            self.adversarial_loss.discriminator(real["logits"], fake_logits)
            + self.classification_loss(real, batch.conditions)
            + self.slope_penalty(fake_images, batch, training)
        )

    def generator_loss(self, fake_images, batch, training):
        fake = self.outputs(fake_images, training)
        loss = self.adversarial_loss.generator(fake["logits"])
        classification_loss = self.classification_loss(fake, batch.inputs)
        self.log("classification_loss", classification_loss)
        back = self.given(fake_images, batch.conditions, training)
        reconstruction_loss = ops.mean(ops.abs(back - batch.images))
        self.log("reconstruction_loss", reconstruction_loss)
        loss += classification_loss
        loss += self.reconstruction_weight * reconstruction_loss
        if self.pair_weight:
            targets = batch.conditions[pairs.IMAGES]
            pair_loss = ops.mean(ops.abs(fake_images - targets))
            self.log("pair_loss", pair_loss)
            loss += self.pair_weight * pair_loss
        return loss

    def classification_loss(self, outputs, conditions):
        losses = guesses.losses(
            outputs, conditions, self.categories, self.vectors, self.labels
        )
        sizes = self.vector_sizes()
        # The paper sums over the labels of a picture.
        return sum(
            self._classification_weights[name] * sizes.get(name, 1) * loss
            for name, loss in losses.items()
        )

    def compile_settings(self):
        return {
            **super().compile_settings(),
            "classification_weight": self.classification_weight,
            "reconstruction_weight": self.reconstruction_weight,
            "pair_weight": self.pair_weight,
        }
