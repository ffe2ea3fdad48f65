"""Edges of products that the photo itself shows clearly."""

import cv2
import numpy as np

from keras_productgen.editing import light
from keras_productgen.editing.product_mask import around
from keras_productgen.editing.product_mask import disc
from keras_productgen.editing.product_mask import edge_reach

# Product and backdrop differ by so much, in CIELAB, and what lies near the edge
# is made of the two to this share of that; from the second share on, nothing is
# clear.
CONTRAST, CLEAR, UNCLEAR = 25.0, 0.04, 0.1
# What noise reaches is all product, or none.
NOISE = 0.06


def clear_edges(colors, alpha):
    """How much of each pixel is product, where two even colours meet.

    Beside the edge of a box there are but two colours and their mixtures: how
    much of a pixel is product follows from its own colour, corners and all.

    Args:
        colors: uint8 array `(height, width, 3)`.
        alpha: uint8 array `(height, width)`, whose outline lies at the edges.

    Returns:
        Tuple of two float32 arrays `(height, width)` in `[0, 1]`: the matte,
        and how far it can be relied on; 0 where the photo is not that clear.
    """
    solid = (alpha >= 128).astype("float32")
    reach = edge_reach(alpha.shape)
    sure = cv2.erode(solid, disc(reach), borderValue=1.0)
    never = 1.0 - cv2.dilate(solid, disc(reach), borderValue=0.0)
    pixels = light.from_rgb(colors)
    product, is_product = around(pixels, sure, reach)
    backdrop, is_backdrop = around(pixels, never, reach)
    way = product - backdrop
    length = np.sqrt((way * way).sum(axis=-1))
    part = ((pixels - backdrop) * way).sum(axis=-1)
    part = np.clip(part / np.maximum(length**2, 1.0), 0.0, 1.0)
    rest = np.linalg.norm(pixels - backdrop - part[..., None] * way, axis=-1)
    rest = rest / np.maximum(length, 1.0)
    told = is_product & is_backdrop & (length >= CONTRAST)
    part = np.clip((part - NOISE) / (1.0 - 2.0 * NOISE), 0.0, 1.0)
    # Threads and shadows beside the edge, and seams within, are none.
    inner = cv2.erode(solid, disc(1), borderValue=1.0)
    outer = cv2.dilate(solid, disc(1), borderValue=0.0)
    made = np.clip(part, inner, outer)
    amiss = np.where(told, np.maximum(rest, abs(part - made)), 1.0)
    amiss = cv2.blur(amiss.astype("float32"), (2 * reach + 1,) * 2)
    trust = np.clip((UNCLEAR - amiss) / (UNCLEAR - CLEAR), 0.0, 1.0)
    return made, trust
