"""Products before plain backdrops, without the shadows they throw."""

import cv2
import numpy as np

from keras_productgen.publishing.rules import values

# A shadow has the backdrop's colour, darker: channels fall alike, no further
# than this, and softly: in levels a pixel, of a picture 500 pixels large.
DARKEST, SPREAD, SLOPE = 0.55, 0.05, 7.0
# What would take more of the product than this for shadow is not believed.
LEAST_LEFT = 0.75


def unlike(colors, backdrop, reach):
    """What neither backdrop nor shadow reaches from the rim; holes are filled.

    Args:
        colors: uint8 array `(height, width, 3)`.
        backdrop: RGB of the backdrop.
        reach: int, levels that a channel of it may be off.

    Returns:
        bool array `(height, width)`.
    """
    alike = values.furthest(colors, backdrop) <= reach
    mask = _not_reached(alike)
    if not mask.any():
        return mask
    lit = _not_reached(alike | _shadow(colors, backdrop))
    return lit if lit.sum() >= LEAST_LEFT * mask.sum() else mask


def _not_reached(open_pixels):
    framed = np.pad(open_pixels.astype("uint8"), 1, constant_values=1)
    cv2.floodFill(framed, None, (0, 0), 2)
    mask = (framed[1:-1, 1:-1] != 2).astype("uint8")
    # JPEG's ringing and lone specks are no product.
    if max(mask.shape) >= 200:
        mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), "uint8"))
    return mask.astype(bool)


def _shadow(colors, backdrop):
    first, second, third = (
        (plane.astype("float32") + 1.0) / (np.float32(level) + 1.0)
        for plane, level in zip(cv2.split(colors), backdrop)
    )
    low = cv2.min(cv2.min(first, second), third)
    high = cv2.max(cv2.max(first, second), third)
    grey = cv2.cvtColor(colors, cv2.COLOR_RGB2GRAY).astype("float32")
    across = cv2.Sobel(grey, -1, 1, 0, ksize=3) / 8.0
    down = cv2.Sobel(grey, -1, 0, 1, ksize=3) / 8.0
    slope = cv2.magnitude(across, down) * (max(grey.shape) / 500.0)
    dark = (low >= DARKEST) & (high <= 1.02)
    return dark & (high - low <= SPREAD) & (slope <= SLOPE)
