"""A photo in the sizes in which stages and the gate see it."""

import numpy as np

from keras_productgen import editing
from keras_productgen import images
from keras_productgen.images import kinds
from keras_productgen.pipeline.product_verdicts import own_alpha
from keras_productgen.pipeline.studio_shot import verdicts
from keras_productgen.pipeline.studio_shot.opening import working_size

# A photo is worked on at no more than so many times the size of the result.
WORKING = 1.6
# Around the product the gate sees so much of the backdrop, as a share of it.
MARGIN = 0.1
# No photo is sharp to the last pixel at full size: it is judged no larger.
SEEN = 512


def opened(photo, side):
    """Returns `(colors, alpha)`: RGB, and its own matte or None.

    Args:
        photo: uint8 array, grey, RGB or RGBA.
        side: int, that of the result: a photo is no larger than is of use.
    """
    verdicts.check_photo(photo)
    alpha = own_alpha(photo)
    colors, _ = kinds.split(photo)
    small = working_size(colors.shape[:2], working_side(side))
    if small == colors.shape[:2]:
        return colors, alpha
    if alpha is not None:
        alpha = images.resize(alpha, small, "stretch")
    return images.resize(colors, small, "stretch"), alpha


def working_side(side):
    """The longer side that photos are worked on at, for that of a result."""
    return round(WORKING * side)


def seen(photo, alpha, scale):
    """`(photo, alpha)` around the product, no larger than in the result.

    Args:
        photo: uint8 array `(height, width, 3)`.
        alpha: uint8 array `(height, width)`.
        scale: float, how often larger the product is in the result.
    """
    top, left, bottom, right = editing.product_box(photo, alpha, MARGIN)
    photo, alpha = (each[top:bottom, left:right] for each in (photo, alpha))
    scale = min(scale, SEEN / max(alpha.shape))
    if scale >= 1.0:
        return np.ascontiguousarray(photo), np.ascontiguousarray(alpha)
    size = tuple(max(8, round(side * scale)) for side in photo.shape[:2])
    return tuple(images.resize(x, size, "stretch") for x in (photo, alpha))


def as_large(mended, photo, alpha):
    """Photo and alpha in the size of what a restoration made of the photo.

    Raises:
        ValueError: if that is no RGB picture of the same proportions.
    """
    fits = mended.dtype == np.uint8 and mended.ndim == 3
    (height, width), size = photo.shape[:2], mended.shape[:2]
    off = abs(size[0] * width - size[1] * height) if fits else 0
    if not fits or mended.shape[-1] != 3 or off > max(height, width):
        raise ValueError(
            "`restore` must return a uint8 RGB picture of the proportions that "
            f"came, {photo.shape}. Received: {mended.dtype} {mended.shape}"
        )
    if size == (height, width):
        return photo, alpha
    if alpha is not None:
        alpha = images.resize(alpha, size, "stretch")
    return images.resize(photo, size, "stretch"), alpha
