"""All that a check measures."""

import dataclasses

import numpy as np

from keras_productgen.training.doctor.gradients import gradient_vitals
from keras_productgen.training.doctor.judging import judging_vitals
from keras_productgen.training.doctor.movement import movements
from keras_productgen.training.doctor.normalization import normalization_vitals
from keras_productgen.training.doctor.pictures import made

NAMES = (
    "d_movement", "g_movement", "real_logit", "fake_logit", "logit_gap",
    "d_real_accuracy", "d_fake_accuracy", "pull", "d_gradient", "g_gradient",
    "d_gradient_ratio", "g_gradient_ratio", "diversity",
    "diversity_within", "coverage", "kid", "nearness", "batch_norm_gap",
    "ema_gap", "range_low", "range_high",
)  # fmt: skip


@dataclasses.dataclass
class Check:
    """What a check found.

    Args:
        step: int, batches before it.
        vitals: dict of floats, those of `NAMES` that the model has.
        still: dict from a network to its weights that did not move.
        num_steps: int, batches since the check before.
        looks: `(fake_images, features)` of the generated pictures, or None;
            only those of the last check are kept.
    """

    step: int
    vitals: dict
    still: dict
    num_steps: int
    looks: tuple | None = None

    def get(self, name):
        """A vital; NaN where the model does not have it."""
        return self.vitals.get(name, float("nan"))


def check_up(model, probe, real_pictures, wishes, snapshot, step, num_steps):
    """Measures everything, and leaves the model as it was.

    Args:
        model: compiled `AdversarialTraining`.
        probe: `Probe`.
        real_pictures: `RealPictures`, None where the model does not generate.
        wishes: `Wishes`, None where the model is told nothing.
        snapshot: `Snapshot` of the last check, None at the first.
        step: int, batches so far.
        num_steps: int, batches since the last check.

    Returns:
        `Check`.
    """
    vitals, still, looks = {}, {}, None
    if snapshot is not None:
        vitals, still = movements(model, snapshot, num_steps)
    vitals |= judging_vitals(model, probe.judged)
    vitals |= gradient_vitals(model, probe.judged)
    if real_pictures is not None:
        fake_images = made(model, probe.shown, training=True)
        if np.isfinite(fake_images).all():
            looks = fake_images, real_pictures.features_of(fake_images)
            vitals |= real_pictures.vitals(*looks)
            vitals |= normalization_vitals(model, probe.shown, fake_images)
            vitals |= {} if wishes is None else wishes.vitals(model)
    return Check(step, vitals, still, num_steps, looks)
