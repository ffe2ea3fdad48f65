"""Can the discriminator tell real from fake by something beside the point?"""

import numpy as np
from keras import ops

from keras_productgen.training.doctor.cues import CUES
from keras_productgen.training.doctor.finding import Suspicion
from keras_productgen.training.doctor.judging import logits_of

# Where real and fake are apart by less, there is nothing to explain.
_LEAST_GAP = 1.0
# The parts of the gap that must go with the cue, put on and taken off.
_LEAST_GAINED, _LEAST_LOST = 0.25, 0.1


def suspected(pictures):
    """Returns the cues of which there is too much in real pictures.

    Args:
        pictures: float32 `(num_images, height, width, 3)`, 0-255.
    """
    return [cue for cue in CUES if cue.amount(pictures) >= cue.threshold]


def leak_of_data(cue, pictures):
    """What the data alone says: a `Suspicion` that the discriminator can."""
    facts = {"amount": cue.amount(pictures) * cue.unit}
    return Suspicion("leak", cue.kind, facts, "warning")


def leak_proved(model, batch, cue, fake_images):
    """Gives generated pictures the cue, takes it from real ones, and asks.

    Args:
        model: `AdversarialTraining`.
        batch: `Batch`, whose images may have the cue.
        cue: one of `CUES`.
        fake_images: float32 array of as many generated images, in `[-1, 1]`.

    Returns:
        list of `Suspicion`, empty unless a good part of the distance between
        the logits of real and fake moves with the cue.
    """
    real, fake = _pictures(ops.convert_to_numpy(batch.images)), fake_images
    fake = _pictures(fake)
    with_cue = cue.put_on(fake, real)
    without_cue = cue.take_off(real, real)
    real_logits, real_without = (
        logits_of(model, _images(some), batch.conditions)
        for some in (real, without_cue)
    )
    fake_conditions = model.fake_conditions(batch)
    fake_logits, fake_with = (
        logits_of(model, _images(some), fake_conditions)
        for some in (fake, with_cue)
    )
    gap = real_logits.mean() - fake_logits.mean()
    spread = ((real_logits.var() + fake_logits.var()) / 2.0) ** 0.5
    if gap < _LEAST_GAP * max(spread, 1e-12):
        return []
    gained = float((fake_with.mean() - fake_logits.mean()) / gap)
    lost = float((real_logits.mean() - real_without.mean()) / gap)
    if gained < _LEAST_GAINED or lost < _LEAST_LOST:
        return []
    facts = {
        "amount": cue.amount(real) * cue.unit,
        "gained": 100.0 * gained,
        "lost": 100.0 * lost,
    }
    return [Suspicion("leak", f"{cue.kind}_proved", facts)]


def _pictures(images):
    return (np.clip(images, -1.0, 1.0) + 1.0).astype("float32") * 127.5


def _images(pictures):
    return ops.convert_to_tensor((pictures / 127.5 - 1.0).astype("float32"))
