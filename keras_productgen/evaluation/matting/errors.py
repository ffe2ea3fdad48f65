"""How far one matte is from another, by the measures of the articles."""

import cv2
import numpy as np

GRADIENT_SIGMA = 1.4
CONNECTIVITY_STEP = 0.1
# Less than this from what is connected is no error.
CONNECTIVITY_TOLERANCE = 0.15


def matte_iou(reference, matte):
    """Intersection over union of what is at least half product.

    Args:
        reference: uint8 array `(height, width)`, the true matte, 255 for
            product.
        matte: uint8 array of the same shape, the one that was found.

    Returns:
        float in `[0, 1]`; 1 where both are empty.

    Raises:
        ValueError: if they are no such arrays.
    """
    reference, matte = _checked(reference, matte)
    wanted, found = reference >= 0.5, matte >= 0.5
    either = np.count_nonzero(wanted | found)
    return np.count_nonzero(wanted & found) / either if either else 1.0


def matte_mad(reference, matte):
    """Mean absolute difference of mattes in `[0, 1]`; see `matte_iou`."""
    reference, matte = _checked(reference, matte)
    return float(np.abs(reference - matte).mean())


def gradient_error(reference, matte):
    """Sum of the squared differences of the slopes, in thousands.

    Slopes are magnitudes of the first derivatives of a Gaussian of 1.4 pixels.
    The sum grows with the picture: compare it on the same pictures. Arguments
    as for `matte_iou`.

    Reference:
    - [Rhemann et al., 2009](https://doi.org/10.1109/CVPR.2009.5206503),
      section 4
    """
    slopes = [_slope(one) for one in _checked(reference, matte)]
    return float(np.square(slopes[0] - slopes[1]).sum() / 1000.0)


def connectivity_error(reference, matte):
    """Sum of the differences of how well pixels hang together, in thousands.

    Of each pixel it counts how far it is above the last level at which it
    belongs to the largest part that both mattes share. Arguments as for
    `matte_iou`.

    Reference:
    - [Rhemann et al., 2009](https://doi.org/10.1109/CVPR.2009.5206503),
      section 4
    """
    reference, matte = _checked(reference, matte)
    # From the lowest level on: what once left the largest part stays out.
    last = np.full(reference.shape, -1.0, "float32")
    count = round(1.0 / CONNECTIVITY_STEP)
    for number in range(1, count + 1):
        level = number / count
        both = (reference >= level) & (matte >= level)
        apart = ~_largest_part(both) & (last < 0.0)
        last[apart] = (number - 1) / count
    last[last < 0.0] = 1.0
    degrees = []
    for one in (reference, matte):
        distance = one - last
        distance[distance < CONNECTIVITY_TOLERANCE] = 0.0
        degrees.append(1.0 - distance)
    return float(np.abs(degrees[0] - degrees[1]).sum() / 1000.0)


def _checked(reference, matte):
    reference, matte = np.asarray(reference), np.asarray(matte)
    fits = reference.ndim == 2 and reference.shape == matte.shape
    if not fits or {reference.dtype, matte.dtype} != {np.dtype("uint8")}:
        raise ValueError(
            "`reference` and `matte` must be uint8 arrays (height, width) of "
            f"one shape. Received: {reference.dtype} of {reference.shape} and "
            f"{matte.dtype} of {matte.shape}"
        )
    return [one.astype("float32") / 255.0 for one in (reference, matte)]


def _slope(matte):
    radius = int(np.ceil(3.0 * GRADIENT_SIGMA))
    x = np.arange(-radius, radius + 1, dtype="float32")
    bell = np.exp(-x * x / (2.0 * GRADIENT_SIGMA**2))
    bell /= bell.sum()
    slope = -x / GRADIENT_SIGMA**2 * bell
    across = cv2.sepFilter2D(matte, cv2.CV_32F, slope, bell)
    down = cv2.sepFilter2D(matte, cv2.CV_32F, bell, slope)
    return np.hypot(across, down)


def _largest_part(mask):
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask.astype("uint8"), connectivity=4
    )
    if count < 2:
        return np.zeros(mask.shape, bool)
    return labels == 1 + stats[1:, cv2.CC_STAT_AREA].argmax()
