import numpy as np

from keras_productgen import encoders
from keras_productgen import images


def to_uint8(pictures, value_range):
    """Brings pictures from `value_range` to 0-255, uint8.

    Args:
        pictures: array `(num_images, height, width, 3)`.
        value_range: pair of floats, the values of black and of white.

    Raises:
        ValueError: if the shape does not fit, or the values are plainly not in
            `value_range`, or no numbers.
    """
    encoders.check_value_range(value_range)
    pictures = np.asarray(pictures)
    if pictures.ndim != 4 or pictures.shape[-1] != 3 or 0 in pictures.shape:
        raise ValueError(
            "Pictures must have the shape (num_images, height, width, 3). "
            f"Received: shape {pictures.shape}"
        )
    lowest, highest = float(pictures.min()), float(pictures.max())
    _check_finite(lowest, highest)
    encoders.check_values(lowest, highest, value_range)
    return rescaled(pictures, value_range)


def rescaled(pictures, value_range):
    """`to_uint8` for pictures of a model, which may lie outside a little.

    Raises:
        ValueError: if a value is no number, as a model's that has diverged.
    """
    low, high = value_range
    pictures = np.asarray(pictures)
    if pictures.size:
        _check_finite(float(pictures.min()), float(pictures.max()))
    if (low, high) == (0, 255):
        return images.to_uint8(pictures)
    scale = 255.0 / (high - low)
    return images.to_uint8((pictures.astype("float32") - low) * scale)


def _check_finite(lowest, highest):
    # The minimum of what holds one NaN is NaN.
    if not np.isfinite([lowest, highest]).all():
        raise ValueError(
            "Pictures must have finite values. "
            f"Received: values from {lowest:g} to {highest:g}"
        )
