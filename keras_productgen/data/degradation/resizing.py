"""Fewer pixels: the standard bicubic downscaling, and others."""

import math

import cv2
import numpy as np
import scipy.sparse

from keras_productgen.data.degradation.base import Degradation
from keras_productgen.data.degradation.base import check_choice
from keras_productgen.data.degradation.base import checked_range
from keras_productgen.data.degradation.base import drawn

_OPENCV = {
    "area": cv2.INTER_AREA,
    "bilinear": cv2.INTER_LINEAR,
    "nearest": cv2.INTER_NEAREST_EXACT,
    "lanczos": cv2.INTER_LANCZOS4,
}
METHODS = ("bicubic", *_OPENCV)


def imresize(image, scale=None, size=None):
    """Bicubic scaling as MATLAB's `imresize` does it, with antialiasing.

    What published tables of super-resolution rest on: Keys' cubic of -0.5,
    stretched where the picture shrinks, borders mirrored with the edge pixel
    repeated, sides rounded up.

    Args:
        image: array `(height, width)` or `(height, width, channels)`.
        scale: float, 0.5 halves both sides. This or `size` is given.
        size: pair `(height, width)`; each side has then a scale of its own.

    Returns:
        float32 array, neither rounded nor clipped.

    Raises:
        ValueError: if not one of `scale` and `size` is given, or it leaves no
            pixel.

    Reference:
    - [Keys, 1981](https://doi.org/10.1109/TASSP.1981.1163711)
    """
    image = np.asarray(image, "float32")
    sides = image.shape[:2]
    if (scale is None) == (size is None) or min(size or (scale,)) <= 0:
        raise ValueError(
            "Either `scale` or `size` must be given, above 0. "
            f"Received: scale={scale}, size={size}"
        )
    if size is None:
        # Not a pixel more for the last bit of a scale such as 1/3.
        size = [math.ceil(round(side * scale, 6)) for side in sides]
        scales = [scale, scale]
    else:
        scales = [new / old for new, old in zip(size, sides)]
    for axis in np.argsort(scales, kind="stable"):
        weights = cubic_weights(sides[axis], size[axis], scales[axis])
        moved = np.moveaxis(image, axis, 0)
        flat = weights @ moved.reshape(len(moved), -1)
        image = flat.reshape(-1, *moved.shape[1:])
        image = np.moveaxis(image, 0, axis)
    return np.ascontiguousarray(image)


def cubic_weights(side, new_side, scale):
    """Sparse float32 matrix `(new_side, side)`: new pixels of old ones."""
    stretch = min(scale, 1.0)
    centers = (np.arange(new_side) + 0.5) / scale - 0.5
    reach = math.ceil(4.0 / stretch) + 2
    first = np.floor(centers - 2.0 / stretch).astype("int64")
    places = first[:, None] + np.arange(reach)
    weights = _cubic(stretch * (centers[:, None] - places))
    weights /= weights.sum(1, keepdims=True)
    # Mirrored with the edge pixel repeated: 1 0 | 0 1 2 | 2 1.
    places = places % (2 * side)
    places = np.where(places < side, places, 2 * side - 1 - places)
    rows = np.repeat(np.arange(new_side), reach)
    shape = (new_side, side)
    matrix = scipy.sparse.csr_array(
        (weights.ravel(), (rows, places.ravel())), shape
    )
    matrix.sum_duplicates()
    return matrix.astype("float32")


def _cubic(x):
    x = abs(x)
    near = 1.5 * x**3 - 2.5 * x**2 + 1.0
    far = -0.5 * x**3 + 2.5 * x**2 - 4.0 * x + 2.0
    return np.where(x <= 1.0, near, np.where(x <= 2.0, far, 0.0))


class Downscale(Degradation):
    """Makes the picture smaller.

    Args:
        scale: int, how often smaller each side becomes, rounded up.
        method: str, `"bicubic"` (`imresize`), `"area"`, `"bilinear"`,
            `"nearest"` or `"lanczos"`; the last three without antialiasing, as
            cheap software has it.

    Raises:
        ValueError: if `scale` is below 1 or `method` unknown.
    """

    def __init__(self, scale=2, method="bicubic"):
        if int(scale) != scale or scale < 1:
            raise ValueError(
                f"`scale` must be an int of at least 1. Received: scale={scale}"
            )
        check_choice("method", method, METHODS)
        self.scale, self.method = int(scale), method

    def degrade(self, image, generator):
        size = [-(-side // self.scale) for side in image.shape[:2]]
        return resized(image, size, self.method)


class Rescale(Degradation):
    """Makes the picture smaller and as large again: fine detail is gone.

    Args:
        scale: float or pair, how often smaller each side becomes in between.
        methods: names of the ways to shrink, one of which is drawn; see
            `Downscale`. Back it goes bicubically.

    Raises:
        ValueError: if `scale` is below 1 or a method unknown.
    """

    def __init__(self, scale=(1.0, 4.0), methods=("bicubic", "area")):
        self.scale = checked_range("scale", scale, 1.0)
        for method in methods:
            check_choice("methods", method, METHODS)
        self.methods = tuple(methods)

    def degrade(self, image, generator):
        scale = drawn(self.scale, generator)
        method = self.methods[generator.integers(len(self.methods))]
        size = [max(1, round(side / scale)) for side in image.shape[:2]]
        small = resized(image, size, method)
        return imresize(small, size=image.shape[:2])


def resized(image, size, method="bicubic"):
    """A picture `(height, width, channels)` at `(height, width)`, float32."""
    if method == "bicubic":
        return imresize(image, size=size)
    scaled = cv2.resize(image, tuple(size[::-1]), interpolation=_OPENCV[method])
    return scaled.reshape(*size, image.shape[-1])
