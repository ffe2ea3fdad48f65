import math

import cv2
import numpy as np

from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.filters.smoothing import local_extremes
from keras_productgen.editing.pixels import LUMA
from keras_productgen.editing.pixels import map_filled
from keras_productgen.editing.pixels import strips


def unsharp_mask(picture, radius=1.0, amount=0.8, halo_limit=None):
    """Sharpens: adds what a blurred picture lacks.

    Luma alone is sharpened, and all channels by the same, so that edges get no
    colours.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        radius: float above 0, standard deviation of the blur in pixels.
        amount: float of at least 0, how much is added of the difference.
        halo_limit: optional float of at least 0, in grey levels: by how much
            luma may leave the range that it has around, within twice the
            radius. 0 makes edges steeper without any halo; None is without
            limit.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    radius = checked_number("radius", radius, 0.05, 1000.0)
    amount = checked_number("amount", amount, 0.0)
    if halo_limit is not None:
        halo_limit = checked_number("halo_limit", halo_limit, 0.0)
    reach = max(1, math.ceil(2.0 * radius))

    def sharpened(colors):
        luma = _luma(colors)
        new = luma + amount * (luma - cv2.GaussianBlur(luma, (0, 0), radius))
        if halo_limit is not None:
            low, high = local_extremes(luma, reach)
            new = np.clip(new, low - halo_limit, high + halo_limit)
        return _added(colors, new - luma)

    return map_filled(sharpened, picture)


def _luma(colors):
    luma = np.empty(colors.shape[:2], "float32")
    for rows in strips(colors.shape):
        luma[rows] = cv2.transform(colors[rows].astype("float32"), LUMA[None])
    return luma


def _added(colors, change):
    made = np.empty_like(colors)
    for rows in strips(colors.shape):
        step = np.rint(change[rows]).astype("int16")
        made[rows] = cv2.add(
            colors[rows], cv2.merge([step] * 3), dtype=cv2.CV_8U
        )
    return made
