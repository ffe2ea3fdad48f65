"""The frequencies of a picture, as a detector sees them."""

import cv2
import numpy as np
import scipy.fft

from keras_productgen.publishing.watermark import chips

# Levels below which differences are taken for noise of the file.
NOISE = 2.0
# Deviations from which on all values count alike.
LOUDEST = 2.0


def carried(values, layout):
    """What each frequency of a mark's layout carries, float array `(n,)`.

    Args:
        values: float32 array `(512, 512)`, whitened.
        layout: `chips.Chips`.
    """
    spectrum = scipy.fft.dctn(values, norm="ortho")
    found = spectrum[layout.rows, layout.columns]
    # Pictures have more in low frequencies, which must not outvote the others.
    count = np.bincount(layout.rings)
    power = np.bincount(layout.rings, weights=found * found)
    deviation = np.sqrt(power / np.maximum(count, 1)) + 1e-6
    # Single waves of stripes and checks must not, either.
    found = np.clip(found / deviation[layout.rings], -LOUDEST, LOUDEST)
    return found * layout.signs


def square(grey):
    """A picture scaled to the square of marks."""
    return scaled(grey, (chips.SIDE, chips.SIDE))


def scaled(grey, size):
    """A picture of a size `(height, width)`, without aliasing."""
    shrinks = max(grey.shape) > max(size)
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return cv2.resize(grey, size[::-1], interpolation=how)


def whitened(values):
    """Differences from around, in units of those: edges must not outvote."""
    smooth = values - cv2.GaussianBlur(values, (0, 0), 10.0)
    spread = cv2.GaussianBlur(smooth * smooth, (0, 0), 6.0)
    return smooth / (np.sqrt(spread) + NOISE)
