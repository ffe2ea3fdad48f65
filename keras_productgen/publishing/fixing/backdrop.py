"""The backdrop replaced by a colour, with clean edges."""

import cv2
import numpy as np

from keras_productgen import images

# What is so much product has no backdrop in it, and is not touched.
WHOLE = 0.98
NOTHING = 0.02
# Less than this, this far from all that is half product, is shadow or noise.
FAINT, FAR = 0.3, 0.004
# Backdrop's colour at an edge is the mean of what lies so near, as a share of
# the longer side.
NEAR = 0.03


def replace_backdrop(picture, matte, color):
    """Lays a product on a colour.

    Where a pixel is partly product, the old backdrop's share of it is taken out
    and that of the new one put in: no fringe of the old colour is left.

    Args:
        picture: uint8 array `(height, width, 3)`.
        matte: float32 array `(height, width)` in `[0, 1]`.
        color: RGB, 0-255.

    Returns:
        uint8 array. Pixels with a matte of at least 0.98 are identical.
    """
    color = np.asarray(color, "float32")
    near, known = _old_backdrop(picture, matte)
    missing = (1.0 - matte)[..., None]
    clean = picture + missing * (color - near)
    # Where no backdrop is near, there is only mixing.
    mixed = picture * matte[..., None] + missing * color
    made = images.to_uint8(np.where(known[..., None], clean, mixed))
    # What is left of a shadow is no product.
    made[_faint(matte)] = images.to_uint8(color)
    whole = matte >= WHOLE
    made[whole] = picture[whole]
    return made


def _faint(matte):
    reach = max(1, round(FAR * max(matte.shape)))
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    near = cv2.dilate((matte >= 0.5).astype("uint8"), kernel) > 0
    return (matte <= NOTHING) | ((matte <= FAINT) & ~near)


def _old_backdrop(picture, matte):
    """The mean colour of the backdrop around each pixel, where there is one."""
    side = 2 * max(2, round(NEAR * max(matte.shape))) + 1
    weights = (matte <= NOTHING).astype("float32")
    total = cv2.blur(weights, (side, side))
    mean = cv2.blur(picture * weights[..., None], (side, side))
    known = total > 1e-3
    return mean / np.maximum(total, 1e-3)[..., None], known
