"""CIE L*a*b*, in which distances are near to what eyes see."""

import numpy as np
from keras import ops

from keras_productgen import encoders

# From linear sRGB, by its primaries and its white D65, (0.95047, 1, 1.08883).
# Divided by the white as the rows add it up, greys are without any color.
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_TO_RELATIVE_XYZ = _TO_XYZ / _TO_XYZ.sum(axis=1, keepdims=True)


def srgb_to_lab(images, value_range=(0, 255)):
    """Colors of pictures in CIE L*a*b*, seen in daylight D65 (2 degrees).

    Args:
        images: sRGB pictures or colors `(..., 3)`, of any dtype. Values beyond
            `value_range` count as black or white.
        value_range: pair of floats, the values of black and white.

    Returns:
        float32 tensor `(..., 3)`: L* from 0 to 100, a* and b* within 128.

    Raises:
        ValueError: if the last axis is not 3, or `value_range` is no pair that
            rises.
    """
    low, high = encoders.check_value_range(value_range)
    images = ops.convert_to_tensor(images)
    if len(images.shape) == 0 or images.shape[-1] != 3:
        raise ValueError(
            "`images` must have the shape (..., 3). "
            f"Received: images.shape={tuple(images.shape)}"
        )
    images = (ops.cast(images, "float32") - low) / (high - low)
    red, green, blue = ops.unstack(_linear(ops.clip(images, 0.0, 1.0)), axis=-1)
    x, y, z = (
        _response(float(r) * red + float(g) * green + float(b) * blue)
        for r, g, b in _TO_RELATIVE_XYZ
    )
    lab = [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    return ops.stack(lab, axis=-1)


def _linear(values):
    return ops.where(
        values <= 0.04045,
        values / 12.92,
        ((values + 0.055) / 1.055) ** 2.4,
    )


def _response(values):
    bend = 6.0 / 29.0
    return ops.where(
        values > bend**3,
        ops.maximum(values, bend**3) ** (1.0 / 3.0),
        values / (3.0 * bend**2) + 4.0 / 29.0,
    )
