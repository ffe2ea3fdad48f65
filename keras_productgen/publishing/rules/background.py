"""The colour of what is not product."""

import cv2
import numpy as np
from skimage import color

from keras_productgen.publishing.rules import values
from keras_productgen.publishing.rules.finding import judged
from keras_productgen.publishing.rules.finding import not_applicable

# Edges of products, as a share of the longer side, are neither.
EDGE = 0.012
# JPEG's ringing reaches as far as its blocks; tiny pictures have no such room.
BLOCK, ROOM = 8, 200
# Width of the rim that is taken for background where no product is known.
RIM = 0.03


def background(subject, settings):
    """How much of the background has the colour that is asked for."""
    if subject.invisible:
        return not_applicable("background", "fully transparent")
    region = background_region(subject)
    if not region.any():
        return not_applicable("background", "no background is in the picture")
    wanted = np.array(settings["color"])
    is_off = values.furthest(subject.colors, wanted) > settings["tolerance"]
    off, doubtful = region & is_off, _enclosed(subject, is_off)
    share = 1.0 - np.count_nonzero(off) / np.count_nonzero(region)
    middle = values.medians(subject.colors, region.view("uint8"))
    measured = (
        f"{share:.1%} of it is; its median is {_written(middle)}, "
        f"deltaE {_delta_e(middle, wanted):.1f} away"
    )
    mend = f"Lay the product on {_written(wanted)}."
    if share >= settings["share"] and doubtful.any():
        # Nobody knows: it is told, and not refused.
        settings, off = settings | {"level": "warn"}, doubtful
        measured += f"; {doubtful.mean():.1%} of the picture may be holes"
        mend = "Look whether these are holes of the product, or give a mask."
    return judged(
        "background",
        settings,
        share >= settings["share"] and not doubtful.any(),
        measured,
        f"{_written(wanted)} within {settings['tolerance']} levels on "
        f"{settings['share']:.0%} of the background",
        mend,
        boxes=_boxes(off),
        mask=off,
    )


def _enclosed(subject, is_off):
    """Where the product may have holes of a wrong colour; bool."""
    product, found = subject.product, np.zeros(subject.size, bool)
    if not product.sure or product.enclosed is None:
        return found
    count, parts = cv2.connectedComponents(product.enclosed.astype("uint8"))
    for number in range(1, count):
        part = parts == number
        # The edge of the product, which is mixed, belongs to some.
        found |= part & (is_off[part].mean() > 0.5)
    return found


def background_region(subject):
    """Where the background surely is; bool `(height, width)`."""
    product = subject.product
    rows, columns = subject.size
    if not (product.found and product.sure):
        width = max(1, round(RIM * min(rows, columns)))
        region = np.ones((rows, columns), bool)
        region[width:-width, width:-width] = False
        return region
    least = BLOCK if min(rows, columns) >= ROOM else 1
    reach = max(least, round(EDGE * max(rows, columns)))
    disc = cv2.getStructuringElement(
        cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)
    )
    near = cv2.dilate(product.main.astype("uint8"), disc)
    return near == 0


def _delta_e(first, second):
    """CIEDE2000 of two colours 0-255."""
    first, second = (
        color.rgb2lab(np.asarray(value, "float64")[None, None] / 255.0)
        for value in (first, second)
    )
    return float(color.deltaE_ciede2000(first, second)[0, 0])


def _written(values):
    return "RGB " + ", ".join(f"{value:.0f}" for value in values)


def _boxes(mask):
    """One box around what is off, where there is any."""
    if not mask.any():
        return []
    return [list(cv2.boundingRect(mask.astype("uint8")))]
