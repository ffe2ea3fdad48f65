"""The classical way to cut a product out."""

import numpy as np

from keras_productgen.data.annotations import find_foreground
from keras_productgen.editing.matte.holes import find_holes
from keras_productgen.editing.product_mask import soft_mask
from keras_productgen.images import kinds


def grabcut_matte(picture):
    """Cuts a product out of a backdrop that looks alike all around it.

    The twin without learning of `kpg.models.MattingUNet`: what differs from
    the rim of the picture is the first guess, GrabCut moves its outline, which
    then gets soft edges.

    Args:
        picture: uint8 array `(height, width)` or `(height, width, channels)`
            of 1 (grey), 3 (RGB) or 4 (RGBA) channels.

    Returns:
        uint8 array `(height, width)`: how much of each pixel is product, 255
        for all of it. What the picture has as transparent is none.

    Raises:
        ValueError: if `picture` is no such array.

    Reference:
    - [Rother et al., 2004](https://doi.org/10.1145/1186562.1015720)
    """
    return grabcut(picture)[0]


def grabcut(picture):
    """Returns the matte of `grabcut_matte`, and how sure it is, 0-1."""
    colors, alpha = kinds.split(kinds.checked_picture(picture))
    found = find_foreground(colors)
    hole = find_holes(colors, found.mask).sure
    matte = soft_mask(colors, found.mask & ~hole)
    if alpha is not None:
        matte = matte * (alpha / 255.0)
    return np.rint(matte * 255.0).astype("uint8"), float(found.confidence)
