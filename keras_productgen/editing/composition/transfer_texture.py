import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing import light
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.product_mask import soft_mask
from keras_productgen.images.kinds import checked_picture

# Light beyond these times the median is gloss, or print.
DARKEST, LIGHTEST = 0.25, 1.6


def transfer_texture(picture, texture, mask, strength=1.0):
    """Covers a product with another cloth, in the light that it has.

    Folds and shadows are what is lighter or darker than the median of the
    product: as in `recolor`, they are one factor of lightness and colours. A
    print is taken for shadow, too: this is for plain products.

    Args:
        picture: uint8 array, RGB or RGBA, of any size.
        texture: uint8 array, grey or RGB, laid from the upper left corner of
            the product on, and mirrored where it ends. `image_quilting` makes
            larger ones.
        mask: array `(height, width)` of the product: bool, uint8 0-255 or
            floats in `[0, 1]`. One that only says yes or no gets soft edges.
        strength: float in `[0, 1]`, how much of the new cloth is seen.

    Returns:
        uint8 array of the kind and shape of `picture`, grey as RGB.

    Raises:
        ValueError: if an argument is none of these, or the mask is empty.
    """
    picture = checked_picture(picture)
    texture = colors_of(checked_picture(texture, "texture"))
    strength = checked_number("strength", strength, 0.0, 1.0)
    colors = colors_of(picture)
    mask = soft_mask(colors, mask)
    x, y, width, height = cv2.boundingRect((mask > 0.0).astype("uint8"))
    box = slice(y, y + height), slice(x, x + width)
    pixels, part = light.from_rgb(colors[box]), mask[box]
    lightness = pixels[..., :1]
    shading = lightness / np.median(lightness[part >= 0.5])
    shading = np.clip(shading, DARKEST, LIGHTEST)
    cloth = shading * light.from_rgb(_mirrored(texture, part.shape))
    weight = (strength * part)[..., None]
    made = images.to_uint8(
        255.0 * light.to_rgb(pixels + weight * (cloth - pixels))
    )
    result = colors.copy()
    result[box] = np.where(weight > 0.0, made, colors[box])
    if picture.ndim == 3 and picture.shape[-1] == 4:
        return np.dstack([result, picture[..., 3]])
    return result


def _mirrored(texture, size):
    """A texture as large as asked for, mirrored where it ends."""
    indices = []
    for side, wanted in zip(texture.shape, size):
        place = np.arange(wanted) % (2 * side)
        indices.append(np.minimum(place, 2 * side - 1 - place))
    return texture[np.ix_(*indices)]
