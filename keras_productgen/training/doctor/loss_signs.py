"""Do the two losses pull the logits apart, as an adversarial loss must?"""

import numpy as np
from keras import ops

from keras_productgen.training.doctor.finding import Suspicion

_STEP = 0.05


def loss_signs(loss):
    """Takes finite differences of a loss where the discriminator is in doubt.

    Args:
        loss: `keras_productgen.losses.AdversarialLoss`, or one like it.

    Returns:
        list of `Suspicion`: the generator wants of fake logits what the
        discriminator wants of them, or the discriminator wants the same of real
        and of fake ones.
    """
    middle = loss.threshold or 0.0
    slopes = {
        "d_real": _slope(lambda x: loss.discriminator(x, _row(middle)), middle),
        "d_fake": _slope(lambda x: loss.discriminator(_row(middle), x), middle),
        "g_fake": _slope(loss.generator, middle),
    }
    if slopes["d_real"] * slopes["d_fake"] > 0.0:
        return [Suspicion("labels_swapped", "loss_blind", slopes)]
    if slopes["g_fake"] * slopes["d_fake"] > 0.0:
        return [Suspicion("labels_swapped", "loss_reversed", slopes)]
    return []


def _row(value):
    return ops.convert_to_tensor(np.full((8, 1), value, "float32"))


def _slope(function, middle):
    above, below = (
        function(_row(middle + _STEP)),
        function(_row(middle - _STEP)),
    )
    difference = ops.convert_to_numpy(above) - ops.convert_to_numpy(below)
    return float(difference) / (2.0 * _STEP)
