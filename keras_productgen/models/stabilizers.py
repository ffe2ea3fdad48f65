"""What keeps a discriminator within bounds."""

import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.losses import gradient_penalty
from keras_productgen.losses import r1_penalty
from keras_productgen.models.networks import check_not_negative
from keras_productgen.models.networks import check_positive

_WEIGHTS = ("r1_weight", "r2_weight", "gradient_penalty_weight")
_Schedule = keras.optimizers.schedules.LearningRateSchedule


class Stabilizers:
    """Penalties on the slope, noise on the images, a limit of the weights.

    Args: those of `AdversarialModel.compile` of the same names.

    Raises:
        ValueError: if a number is negative or infinite, or `penalty_interval`
            is no integer above 0.

    Reference:
    - [Mescheder et al., 2018](https://arxiv.org/abs/1801.04406), R1 and R2
    - [Gulrajani et al., 2017](https://arxiv.org/abs/1704.00028), the penalty
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958), appendix B: lazy
    - [Arjovsky and Bottou, 2017](https://arxiv.org/abs/1701.04862), the noise
    - [Arjovsky et al., 2017](https://arxiv.org/abs/1701.07875), the limit
    """

    NAMES = (*_WEIGHTS, "penalty_interval", "instance_noise", "weight_clip")

    def __init__(self, **settings):
        check_positive(penalty_interval=settings["penalty_interval"])
        for name in self.NAMES:
            value = settings[name]
            setattr(self, name, value)
            may_change = name == "instance_noise"
            if not (may_change and isinstance(value, _Schedule)):
                check_not_negative(**{name: value})
        self.penalize = any(settings[name] for name in _WEIGHTS)

    def penalty(
        self,
        logits,
        real_images,
        fake_images,
        step,
        seed_generator,
        fake_logits=None,
    ):
        """Returns the weighted penalties of one step of the discriminator.

        Args:
            logits: function from images to logits, beside the conditions of the
                real images. Those between real and fake ones are judged by it,
                too: conditions that are ids have nothing between them.
            real_images: float tensor `(batch, height, width, channels)`.
            fake_images: the same.
            step: integer tensor, the number of the step.
            seed_generator: `keras.random.SeedGenerator`.
            fake_logits: optional function like `logits`, beside the conditions
                that the fake images were made for, where these are others.
        """
        fake_logits = fake_logits or logits
        mix = keras.random.uniform(
            (ops.shape(real_images)[0], 1, 1, 1), seed=seed_generator
        )

        def weighted():
            total = 0.0
            if self.r1_weight:
                total += self.r1_weight * r1_penalty(logits, real_images)
            if self.r2_weight:
                total += self.r2_weight * r1_penalty(fake_logits, fake_images)
            if self.gradient_penalty_weight:
                between = mix * real_images + (1.0 - mix) * fake_images
                penalty = gradient_penalty(logits, between)
                total += self.gradient_penalty_weight * penalty
            return total

        if self.penalty_interval == 1:
            return weighted()
        due = ops.equal(ops.mod(step, self.penalty_interval), 0)
        return self.penalty_interval * backend.where_due(due, weighted)

    def with_noise(self, images, step, seed_generator):
        deviation = self.instance_noise
        if isinstance(deviation, _Schedule):
            deviation = ops.cast(deviation(step), images.dtype)
        elif deviation == 0.0:
            return images
        noise = keras.random.normal(
            ops.shape(images), dtype=images.dtype, seed=seed_generator
        )
        return images + deviation * noise

    def clip(self, weights):
        if self.weight_clip:
            for weight in weights:
                values = ops.convert_to_tensor(weight)
                weight.assign(
                    ops.clip(values, -self.weight_clip, self.weight_clip)
                )

    def get_config(self):
        return {name: getattr(self, name) for name in self.NAMES}


def check_augment(augment, loss):
    """Raises a `ValueError` unless `compile` can be given `augment`."""
    if augment and not isinstance(augment, keras.Layer):
        raise ValueError(
            "`augment` must be a layer, such as "
            "`keras_productgen.augmentation.DiffAugment()`, or False. "
            f"Received: augment={augment!r}"
        )
    if hasattr(augment, "observe") and loss.threshold is None:
        raise ValueError(
            "An `augment` that adapts needs a loss whose logits judge real "
            "from fake, such as NonSaturatingLoss or HingeLoss; DiffAugment "
            f"goes with any. Received: augment={augment}, loss={loss}"
        )


def set_augment(model, augment):
    """Makes a layer, or False, the attribute `augment` of a model."""
    former = getattr(model, "augment", False)
    if former and former is not augment:
        # Keras would go on saving what was replaced.
        model._tracker.untrack(former)
    if augment and not augment.built:
        # Else Keras would call the whole model on data, to build this.
        augment.build((None, *model.image_shape))
    model.augment = augment or False
