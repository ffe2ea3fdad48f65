import cv2

from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.pixels import matte_of
from keras_productgen.editing.pixels import with_matte
from keras_productgen.images.kinds import checked_picture

# Less than a twentieth covered is no product.
LEAST = 13


def product_box(picture, matte=None, margin=0.0):
    """Where the product lies.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        matte: optional array of its height and width: bool, uint8 0-255 or
            floats in `[0, 1]`. Defaults to its alpha channel.
        margin: float of at least 0, what is left around, as a share of the
            longer side of the product, where the picture reaches that far.

    Returns:
        Tuple of four ints: top, left, bottom and right, the last two beyond it.

    Raises:
        ValueError: if an argument is none of these, or the matte is empty.
    """
    picture = checked_picture(picture)
    margin = checked_number("margin", margin, 0.0, 100.0)
    matte = matte_of(picture, matte)
    x, y, width, height = cv2.boundingRect((matte >= LEAST).astype("uint8"))
    if width == 0:
        raise ValueError(
            "`matte` must hold a product. Received: a matte with a maximum of "
            f"{matte.max()} of 255"
        )
    border = round(margin * max(width, height))
    bottom = min(picture.shape[0], y + height + border)
    right = min(picture.shape[1], x + width + border)
    return max(0, y - border), max(0, x - border), bottom, right


def crop_to_product(picture, matte=None, margin=0.05):
    """Cuts off what is around the product.

    Under a `product_lock` the shift is `(-top, -left)` of `product_box`.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        matte: as of `product_box`.
        margin: as of `product_box`.

    Returns:
        uint8 array of the kind of `picture`; RGBA where a matte is given.

    Raises:
        ValueError: as `product_box`.
    """
    top, left, bottom, right = product_box(picture, matte, margin)
    return with_matte(picture, matte)[top:bottom, left:right].copy()
