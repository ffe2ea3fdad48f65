"""What is wrong with the values of the pictures."""

import numpy as np

from keras_productgen.training.doctor.finding import Suspicion

# Networks work in [-1, 1]: black is -1, white 1.
_MIDDLE = -0.02
_LEAST_SPAN = 0.5


def value_range_of_data(images, value_range):
    """Looks for pictures that use the wrong part of the range.

    What plainly does not fit is refused before; what passes is, for instance,
    data in [0, 1] where -1 is black.

    Args:
        images: array of the real pictures in `[-1, 1]`.
        value_range: what the model was told of black and white.

    Returns:
        list of `Suspicion`.
    """
    low, high = (float(v) for v in np.percentile(images, (0.5, 99.5)))
    black, white = value_range
    facts = {
        "low": black + (low + 1.0) * (white - black) / 2.0,
        "high": black + (high + 1.0) * (white - black) / 2.0,
        "black": black,
        "white": white,
        "share": (high - low) / 2.0,
    }
    if low >= _MIDDLE and high > low:
        return [Suspicion("value_range", "upper_half", facts)]
    if high <= -_MIDDLE and high > low:
        return [Suspicion("value_range", "lower_half", facts)]
    if high - low < _LEAST_SPAN:
        return [Suspicion("value_range", "narrow", facts, "warning")]
    return []
