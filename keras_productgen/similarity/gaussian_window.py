"""The window of structural similarity (Wang et al., 2004)."""

import keras
import numpy as np
from keras import ops

SIGMA = 1.5
RADIUS = 5
SIZE = 2 * RADIUS + 1
_BLOCK = 64

_distances = np.arange(-RADIUS, RADIUS + 1) / SIGMA
WEIGHTS = np.exp(-0.5 * _distances**2)
WEIGHTS = (WEIGHTS / WEIGHTS.sum()).astype("float32")


def blur(planes):
    """Weighted mean under the window, wherever all of it fits in.

    Args:
        planes: float32 tensor `(batch, channels, height, width)`.

    Returns:
        float32 tensor `(batch, channels, height - 10, width - 10)`.
    """
    if None in planes.shape[2:] or _products_are_rounded():
        return blur_by_taps(planes)
    return blur_by_blocks(planes)


def blur_by_blocks(planes):
    """As products with banded matrices, 64 rows or columns at a time.

    On processors this is the fastest that all backends have: depthwise
    convolutions are as fast on TensorFlow, and eight times slower on others.
    """
    height, width = (side - 2 * RADIUS for side in planes.shape[2:])
    rows = [
        ops.matmul(_band(stop - start).T, planes[:, :, start : stop + SIZE - 1])
        for start, stop in _blocks(height)
    ]
    planes = _joined(rows, axis=2)
    columns = [
        ops.matmul(planes[..., start : stop + SIZE - 1], _band(stop - start))
        for start, stop in _blocks(width)
    ]
    return _joined(columns, axis=3)


def blur_by_taps(planes):
    """As a sum of shifted pictures: in full float32, and at any size."""
    planes = sum(
        float(weight) * planes[:, :, k : k - 2 * RADIUS or None]
        for k, weight in enumerate(WEIGHTS)
    )
    return sum(
        float(weight) * planes[..., k : k - 2 * RADIUS or None]
        for k, weight in enumerate(WEIGHTS)
    )


def _products_are_rounded():
    """Whether matrix products take fewer bits of a number than float32 has.

    Accelerators do so by default, and a variance is a small difference of large
    numbers. Torch is the one that must be asked to.
    """
    if keras.config.backend() == "torch":
        return False
    devices = keras.distribution.list_devices()
    return not all(device.startswith("cpu") for device in devices)


def _blocks(size):
    return [
        (start, min(start + _BLOCK, size)) for start in range(0, size, _BLOCK)
    ]


def _band(size):
    """Matrix `(size + 10, size)` with the window along its diagonal."""
    band = np.zeros((size + SIZE - 1, size), "float32")
    for k, weight in enumerate(WEIGHTS):
        band[np.arange(size) + k, np.arange(size)] = weight
    return band


def _joined(parts, axis):
    return parts[0] if len(parts) == 1 else ops.concatenate(parts, axis=axis)
