"""Histogram equalization of lightness; colours keep their a* and b*."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_whole
from keras_productgen.editing.pixels import map_colors
from keras_productgen.editing.pixels import matte_of
from keras_productgen.editing.pixels import strips
from keras_productgen.images.kinds import checked_picture

# L* of CIELAB in 16 bits: in 8 the way and back would cost levels.
WHITE = 65535
_FINER = WHITE // 255


def equalize_histogram(picture):
    """Spreads lightness so that all of it is used alike.

    Only L* is changed, by its cumulated histogram: hues stay, unlike where each
    channel is equalized.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. What transparency
            hides does not count. A picture of one lightness stays as it is.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if `picture` is no such array.
    """
    picture = checked_picture(picture)
    seen = matte_of(picture) > 0

    def equalized(plane):
        counted = plane[seen] if seen.any() else plane.ravel()
        below = np.bincount(counted, minlength=WHITE + 1).cumsum()
        darkest = below[counted.min()]
        if darkest == counted.size:
            return plane
        share = (below - darkest) / (counted.size - darkest)
        return (WHITE * np.maximum(share, 0.0)).round().astype("uint16")[plane]

    return _with_lightness(equalized, picture)


def equalize_adaptive(picture, clip_limit=2.0, tiles=8):
    """Spreads lightness in each part of the picture (CLAHE).

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        clip_limit: float above 0: how many times the even share of pixels one
            lightness may have, which limits contrast and noise.
        tiles: int, parts down and across, fewer in small pictures.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Zuiderveld, 1994](https://doi.org/10.1016/B978-0-12-336156-1.50061-6)
    """
    clip_limit = checked_number("clip_limit", clip_limit, 1e-6)
    tiles = checked_whole("tiles", tiles)

    def equalized(plane):
        # In smaller tiles hardly a bin would hold more than a pixel.
        down, across = (max(1, min(tiles, n // 32)) for n in plane.shape)
        if plane.min() == plane.max():
            return plane
        # With 16 bits OpenCV counts in 65536 bins, too fine for any limit.
        levels = np.rint(plane / np.float32(_FINER)).astype("uint8")
        made = cv2.createCLAHE(clip_limit, (across, down)).apply(levels)
        change = _FINER * (made.astype("int32") - levels)
        return np.clip(plane + change, 0, WHITE).astype("uint16")

    return _with_lightness(equalized, checked_picture(picture))


def _with_lightness(function, picture):
    """A picture whose L*, uint16, went through a function."""
    return map_colors(
        lambda colors: _replaced(colors, function(_lightness(colors))), picture
    )


def _lightness(colors):
    plane = np.empty(colors.shape[:2], "uint16")
    for rows in strips(colors.shape):
        plane[rows] = np.rint(_lab(colors[rows])[..., 0] * (WHITE / 100.0))
    return plane


def _replaced(colors, plane):
    made = np.empty_like(colors)
    for rows in strips(colors.shape):
        lab = _lab(colors[rows])
        lab[..., 0] = plane[rows] * np.float32(100.0 / WHITE)
        made[rows] = images.to_uint8(
            255.0 * cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
        )
    return made


def _lab(colors):
    values = colors.astype("float32") / np.float32(255.0)
    return cv2.cvtColor(values, cv2.COLOR_RGB2LAB)
