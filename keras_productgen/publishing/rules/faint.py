"""What hardly differs from a plain backdrop, and may be product."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.publishing.rules import plain
from keras_productgen.publishing.rules import values

# The least difference that is looked at, in levels: that, or what all but a
# hundredth of the rim keeps to, and one more.
LEAST, REST = 3, 99.0
# Parts of less than this share of the picture are dust; all of them count from
# this share of the product on. Shadows of rendered products are up to 0.28.
DUST, MUCH = 0.002, 0.35
# The outline of a thing is a step, that of a shadow a slope: to this share of
# the outline the difference rises from nothing to its whole within 4 pixels of
# a picture 500 pixels large. What differs by more is a shadow's core.
STEEP, CRISP, PALE = 0.16, 0.5, 30.0
SIDE = 500


def faint_parts(colors, backdrop, mask, reach):
    """Much with a crisp outline that differs from the backdrop by little.

    A white shirt on white paper, of which only the print was found.

    Args:
        colors: uint8 array `(height, width, 3)`.
        backdrop: RGB of the backdrop.
        mask: bool array `(height, width)`, the product that was found.
        reach: int, levels to which everything was taken for backdrop.

    Returns:
        bool array `(height, width)`, beside the mask; empty where these are
        but a small part of the product.
    """
    size, scale = mask.shape, SIDE / max(mask.shape)
    levels = 255 * mask.astype("uint8")
    if scale < 1.0:
        small = tuple(max(1, round(side * scale)) for side in size)
        colors = images.resize(colors, small, "stretch")
        levels = images.resize(levels, small, "stretch")
    found = _faint(values.furthest(colors, backdrop), levels > 127, reach)
    if scale < 1.0:
        found = images.resize(255 * found.astype("uint8"), size, "stretch")
    return found > 0


def _faint(off, mask, reach):
    """The parts, by the levels by which pixels are off the backdrop."""
    found = np.zeros(mask.shape, bool)
    level = _level(off)
    if level >= reach:
        return found
    near = np.ones((5, 5), "uint8")
    beside = cv2.dilate(mask.astype("uint8"), near) == 0
    seen = ((off > level) & beside).astype("uint8")
    seen = cv2.morphologyEx(seen, cv2.MORPH_OPEN, np.ones((3, 3), "uint8"))
    least = max(DUST * mask.size, MUCH * np.count_nonzero(mask))
    if cv2.countNonZero(seen) < least:
        return found
    count, parts, facts, _ = cv2.connectedComponentsWithStats(seen)
    areas = facts[:, cv2.CC_STAT_AREA]
    slope = _slope(off)
    for number in range(1, count):
        if areas[number] >= DUST * mask.size:
            part = parts == number
            found |= part & _is_crisp(part, off, slope, beside)
    return found & (np.count_nonzero(found) >= least)


def _level(off):
    """The levels that all but a few pixels of the rim keep to."""
    rim = np.concatenate([strip.ravel() for strip in plain.rim(off)])
    return max(LEAST, int(np.percentile(rim, REST)) + 1)


def _slope(off):
    """Levels by which the difference changes from pixel to pixel."""
    across = cv2.Sobel(off, cv2.CV_32F, 1, 0, ksize=3) / 8.0
    down = cv2.Sobel(off, cv2.CV_32F, 0, 1, ksize=3) / 8.0
    return cv2.magnitude(across, down) * max(off.shape) / SIDE


def _is_crisp(part, off, slope, beside):
    height = float(np.median(off[part]))
    inner = cv2.erode(part.astype("uint8"), np.ones((3, 3), "uint8")) > 0
    # Where the product begins is no outline of this part.
    outline = part & ~inner & (cv2.erode(beside.astype("uint8"), None) > 0)
    if height > PALE or not outline.any():
        return False
    return bool((slope[outline] >= STEEP * height).mean() >= CRISP)
