"""Products before plain backdrops, without the shadows they throw."""

import cv2
import numpy as np

from keras_productgen.publishing.rules import values

# A shadow has the backdrop's colour, darker: channels fall alike, no further
# than this, and softly: in levels a pixel, of a picture 500 pixels large.
DARKEST, SPREAD, SLOPE = 0.55, 0.05, 7.0
# A plain backdrop: on two sides so much of the rim lies so near, in levels, to
# its median. The others a product may touch.
SHARE, REACH = 0.985, 14
RIM = 0.015
# Edges of holes are looked for so far from where they were found, as a share of
# the longer side.
NEAR = 0.01
# What would take more of the product than this for shadow is not believed.
LEAST_LEFT = 0.75


def plain_color(colors):
    """The colour of a plain backdrop, uint8 `(3,)`, or None.

    Args:
        colors: uint8 array `(height, width, 3)`.
    """
    sides = [strip.reshape(-1, 3).astype("int16") for strip in rim(colors)]
    median = np.median(np.concatenate(sides), axis=0)
    shares = [
        (np.abs(side - median).max(axis=1) <= REACH).mean() for side in sides
    ]
    if sorted(shares)[2] < SHARE:
        return None
    return median.astype("uint8")


def rim(picture):
    """The outermost pixels at the top, bottom, left and right."""
    width = max(1, round(RIM * min(picture.shape[:2])))
    return (
        picture[:width],
        picture[-width:],
        picture[:, :width],
        picture[:, -width:],
    )


def unlike(colors, backdrop):
    """What neither backdrop nor shadow reaches from the rim; holes are filled.

    Args:
        colors: uint8 array `(height, width, 3)`.
        backdrop: RGB of the backdrop.

    Returns:
        bool array `(height, width)`.
    """
    near = alike(colors, backdrop)
    mask = _not_reached(near)
    if not mask.any():
        return mask
    lit = _not_reached(near | _shadow(colors, backdrop))
    return lit if lit.sum() >= LEAST_LEFT * mask.sum() else mask


def alike(colors, backdrop):
    """Where colours are those of the backdrop, within 14 levels; bool."""
    return values.furthest(colors, backdrop) <= REACH


def alike_near(colors, backdrop, hole):
    """A hole with all that is like the backdrop close by, bool."""
    if not hole.any():
        return hole
    reach = max(1, round(NEAR * max(hole.shape)))
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    near = cv2.dilate(hole.astype("uint8"), kernel) > 0
    return near & alike(colors, backdrop)


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
