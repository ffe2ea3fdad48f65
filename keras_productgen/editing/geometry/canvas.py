"""Margins around a picture, and frames of a size."""

import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_background
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_whole
from keras_productgen.editing.geometry.crop import crop_to_product
from keras_productgen.editing.pixels import is_grey
from keras_productgen.editing.pixels import with_matte
from keras_productgen.images.resizing import pair


def pad_canvas(picture, margins, background=255, matte=None):
    """Adds margins.

    Under a `product_lock` the shift is `(top, left)`.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        margins: int of at least 0, pixels on all sides; or four of them, top,
            bottom, left and right.
        background: the margins, a grey or an RGB tuple, 0-255; they are
            transparent where there is a matte.
        matte: optional array of its height and width: bool, uint8 0-255 or
            floats in `[0, 1]`, which goes along.

    Returns:
        uint8 array of the kind of `picture`; RGBA where a matte is given.

    Raises:
        ValueError: if an argument is none of these.
    """
    picture = with_matte(picture, matte)
    sides = [margins] * 4 if np.ndim(margins) == 0 else list(margins)
    if len(sides) != 4:
        raise ValueError(
            "`margins` must be a whole number, or four: top, bottom, left and "
            f"right. Received: margins={margins!r}"
        )
    top, bottom, left, right = (
        checked_whole("margins", each, 0) for each in sides
    )
    height, width = picture.shape[:2]
    size = height + top + bottom, width + left + right
    made = np.empty((*size, *picture.shape[2:]), "uint8")
    made[:] = _values(picture, background)
    made[top : top + height, left : left + width] = picture
    return made


def fit_canvas(picture, size, margin=0.05, background=255, matte=None):
    """Puts the product in the middle of a frame, as large as it may be.

    Args:
        picture: uint8 array, grey, RGB or RGBA. Where it is RGBA or has a
            matte, it is the product that fills the frame, else the picture.
        size: int or `(height, width)` of the frame.
        margin: float in `[0, 0.45]`, what is left free on each side, as a share
            of the shorter side of the frame.
        background: the rest of the frame, a grey or an RGB tuple, 0-255; it is
            transparent where there is a matte.
        matte: optional array of the height and width of the picture: bool,
            uint8 0-255 or floats in `[0, 1]`.

    Returns:
        uint8 array of the kind of `picture` and the exact `size`; RGBA where a
        matte is given.

    Raises:
        ValueError: if an argument is none of these, or the matte is empty.
    """
    picture = with_matte(picture, matte)
    if picture.ndim == 3 and picture.shape[-1] == 4:
        picture = crop_to_product(picture, margin=0.0)
    size = pair(size)
    border = round(checked_number("margin", margin, 0.0, 0.45) * min(size))
    inner = [side - 2 * border for side in size]
    values = _values(picture, background)
    made = images.resize(
        picture, tuple(max(1, side) for side in inner), "pad", values
    )
    rest = [side - used for side, used in zip(size, made.shape)]
    (top, bottom), (left, right) = ((n // 2, n - n // 2) for n in rest)
    return pad_canvas(made, (top, bottom, left, right), background)


def _values(picture, background):
    channels = 1 if is_grey(picture) else picture.shape[-1]
    values = checked_background(background, channels)
    return values[0] if picture.ndim == 2 else values
