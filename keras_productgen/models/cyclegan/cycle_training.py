from keras import ops

from keras_productgen.losses import LeastSquaresLoss
from keras_productgen.models.batch import Batch
from keras_productgen.models.image_model import rows_of
from keras_productgen.models.networks import check_not_negative
from keras_productgen.models.two_kinds import TwoKindsTranslation


class CycleTraining(TwoKindsTranslation):
    """How two translations, there and back, are trained together.

    Both generators stand in one network, and both discriminators in another:
    each has one optimizer, as in the paper. Images come in dicts of the two
    kinds, `a` and `b`.
    """

    kinds = ("a", "b")

    def paper_settings(self):
        return {**super().paper_settings(), "loss": LeastSquaresLoss(1.0)}

    def compile(self, *args, cycle_weight=10.0, identity_weight=0.5, **kwargs):
        """Says how the model is trained; what is None is as in its paper.

        Args:
            *args: as in `AdversarialModel.compile`.
            cycle_weight: float, weight of the mean absolute difference between
                a picture and what comes back after both translations.
            identity_weight: float, weight of the difference that a translation
                makes to a picture that is of its kind already, as a part of
                `cycle_weight`.
            **kwargs: as in `AdversarialModel.compile`.

        Raises:
            ValueError: if a weight is negative, or as in
                `AdversarialModel.compile`.
        """
        check_not_negative(
            cycle_weight=cycle_weight, identity_weight=identity_weight
        )
        self.cycle_weight = cycle_weight
        self.identity_weight = identity_weight
        super().compile(*args, **kwargs)

    def further_logs(self):
        identity = ("identity_loss",) if self.identity_weight else ()
        return ("cycle_loss", *identity)

    def unpack(self, data):
        a, b = super().unpack(data)
        return {"a": a, "b": b}, None

    def draw_inputs(self, images, conditions):
        return images

    def fake_images(self, batch, training):
        return self.generator(batch.inputs, training=training)

    def logits(self, images, conditions, training):
        # The condition is the kind that the images should be of.
        network = self.discriminator.get_layer(f"discriminator_{conditions}")
        return network(images, training=training)

    def discriminator_loss(self, fake_images, batch, training):
        loss = 0.0
        for kind in self.kinds:
            images = fake_images[kind]
            if training and self.pool_size:
                images = self.pools[kind].exchanged(images, self.seed_generator)
            loss += super().discriminator_loss(
                images, _of_kind(batch, kind), training
            )
        return loss

    def generator_loss(self, fake_images, batch, training):
        loss = 0.0
        for kind in self.kinds:
            loss += super().generator_loss(
                fake_images[kind], _of_kind(batch, kind), training
            )
        back, same = self._returned(fake_images, batch.images, training)
        cycle_loss = _distance(back, batch.images)
        self.log("cycle_loss", cycle_loss)
        loss += self.cycle_weight * cycle_loss
        if self.identity_weight:
            identity_loss = _distance(same, batch.images)
            self.log("identity_loss", identity_loss)
            loss += self.cycle_weight * self.identity_weight * identity_loss
        return loss

    def _returned(self, fake_images, real_images, training):
        """What should be the real images: fake ones back, and they themselves.

        In one pass: nothing in the generators couples the images of a batch.
        """
        if not self.identity_weight:
            return self.generator(fake_images, training=training), None
        swapped = {"a": real_images["b"], "b": real_images["a"]}
        both = {
            kind: ops.concatenate([fake_images[kind], swapped[kind]])
            for kind in self.kinds
        }
        outputs = self.generator(both, training=training)
        num_images = ops.shape(fake_images["a"])[0]
        return (
            rows_of(outputs, slice(None, num_images)),
            rows_of(outputs, slice(num_images, None)),
        )

    def compile_settings(self):
        return {
            **super().compile_settings(),
            "cycle_weight": self.cycle_weight,
            "identity_weight": self.identity_weight,
        }


def _of_kind(batch, kind):
    return Batch(batch.images[kind], kind, None)


def _distance(images, others):
    """Mean absolute differences, summed over both kinds."""
    return sum(ops.mean(ops.abs(images[k] - others[k])) for k in images)
