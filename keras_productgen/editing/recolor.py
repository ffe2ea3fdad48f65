"""A product in another colour, its folds, shades and prints as they were."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing import light
from keras_productgen.editing.main_color import COLORFUL
from keras_productgen.editing.main_color import TOLERANCE
from keras_productgen.editing.main_color import find_main_color
from keras_productgen.editing.matte.find_matte import find_matte
from keras_productgen.editing.product_mask import check_image
from keras_productgen.editing.product_mask import edge_reach
from keras_productgen.editing.product_mask import inside
from keras_productgen.editing.product_mask import mask_of_cutout
from keras_productgen.editing.product_mask import matte_in
from keras_productgen.editing.product_mask import soft_mask
from keras_productgen.editing.product_mask import tinted
from keras_productgen.images.kinds import split

# How far folds and sheen reach from the median of a garment, as logarithms of
# `light`: medians of the 90th and 10th percentiles of 168 photos of garments of
# one colour, by their lightness, smoothed by hand.
LIGHTNESSES = 10.0, 25.0, 45.0, 65.0, 80.0, 95.0
HIGHLIGHTS = 0.24, 0.23, 0.14, 0.11, 0.07, 0.035
SHADOWS = 0.21, 0.25, 0.20, 0.17, 0.11, 0.06
MOST_CONTRAST = 0.3, 2.5


def recolor(
    image,
    color,
    mask=None,
    from_color=None,
    keep_other_colors=True,
    contrast=None,
):
    """Gives the product in a photo another colour.

    Light is one factor on L* + 16, a* and b*: each pixel of the cloth is asked
    how much light it has, and gets the new colour in as much. What the cloth
    does not explain, such as gloss and other hues, is carried over; prints,
    buttons and soles of other colours stay. The median of the cloth becomes
    `color`. Beyond the mask nothing changes, but for the tint that the product
    throws on the pixels right beside it.

    ```python
    red = keras_productgen.editing.recolor(photo, (0.8, 0.1, 0.1))
    ```

    Args:
        image: uint8 `(height, width, 3)`, RGB, or 4 with an alpha channel: the
            product is then what is seen, and stays cut out as it is, unless
            all is seen.
        color: sRGB in `[0, 1]`.
        mask: optional array `(height, width)` of the product: bool, uint8 0-255
            or floats in `[0, 1]`. Defaults to the alpha channel, or what
            `find_matte` finds.
        from_color: optional sRGB in `[0, 1]`: which of the product's colours is
            to change. Defaults to that of its largest part.
        keep_other_colors: whether parts of other colours stay as they are.
        contrast: optional float above 0: by how much shading is strengthened,
            as a power. By default as much as folds are deeper or flatter on
            cloth of the new lightness, in photos. 1 is right for rendered
            pictures.

    Returns:
        uint8 array of the shape of `image`.

    Raises:
        ValueError: if an argument is not as said above, the mask is empty, or
            no product is found.
    """
    image = check_image(image)
    target = light.from_rgb(check_color("color", color))
    if from_color is not None:
        from_color = light.from_rgb(check_color("from_color", from_color))
    if contrast is not None and not 0.0 < contrast < np.inf:
        raise ValueError(
            f"`contrast` must be above 0. Received: contrast={contrast}"
        )
    colors, alpha = split(image)[0], matte_in(image)
    if mask is None and alpha is not None:
        mask = mask_of_cutout(alpha)
    elif mask is None:
        found = find_matte(colors)
        found.check_product("image")
        mask = found.mask
    mask = soft_mask(colors, mask)
    box = _box(mask)
    part, mask = colors[box], mask[box]
    pixels = light.from_rgb(part)
    solid = inside(mask)
    main = find_main_color(part, pixels, solid, from_color, keep_other_colors)
    if not keep_other_colors:
        pixels = np.where(solid[..., None], _dyed(pixels, main), pixels)
    result = image.copy()
    made = _recolored(part, pixels, mask, solid, main, target, contrast)
    if alpha is not None:
        seen = alpha[box][..., None] > 0
        made = np.where(seen, made, image[box][..., :3])
    result[box][..., :3] = made
    return result


def _box(mask):
    """Slices around the product, with backdrop to compare it with."""
    margin = 8 * edge_reach(mask.shape)
    x, y, width, height = cv2.boundingRect((mask > 0.0).astype("uint8"))
    rows = slice(max(0, y - margin), y + height + margin)
    return rows, slice(max(0, x - margin), x + width + margin)


def _dyed(pixels, main):
    """The pixels without what is too different from the main colour."""
    rest = pixels - main.shading[..., None] * main.light
    size = np.linalg.norm(rest, axis=-1, keepdims=True)
    return pixels + (np.minimum(1.0, TOLERANCE / (size + 1e-6)) - 1.0) * rest


def check_color(name, color):
    """Refuses what is no sRGB in `[0, 1]`; returns float32 `(3,)`."""
    values = np.asarray(color, "float32")
    if values.shape != (3,) or not ((values >= 0) & (values <= 1)).all():
        raise ValueError(
            f"`{name}` must be three sRGB values in [0, 1]. "
            f"Received: {name}={color}"
        )
    return values


def _recolored(image, pixels, mask, solid, main, target, contrast):
    reach = edge_reach(mask.shape)
    shading = _continued(main.shading, solid, reach)
    share = _continued(main.share, solid, reach)
    change = _change(pixels, shading, main.light, target, contrast, solid)
    tint = share * tinted(pixels, mask, solid, main.light)
    weights = np.stack([share * mask, tint, tint], axis=-1)
    made = images.to_uint8(255.0 * light.to_rgb(pixels + weights * change))
    # Rounding colours forth and back must not move what stays.
    touched = np.maximum(weights[..., :1], weights[..., 1:2]) > 0.5 / 255.0
    return np.where(touched, made, image)


def _continued(values, solid, reach):
    """What is known inside, at the edge too, where colours mix."""
    weight = solid.astype("float32")
    total = cv2.GaussianBlur(weight, (0, 0), reach)
    mean = cv2.GaussianBlur(weight * values, (0, 0), reach)
    mean = mean / np.maximum(total, 1e-6)
    return np.where(solid | (total < 1e-5), values, mean)


def _change(pixels, shading, main, target, contrast, solid):
    """What is added to pixels that are all of the main colour."""
    old = _body(pixels, shading, main)
    toned = _toned(shading, main[0], target[0], contrast)
    new = old / np.maximum(shading, 1e-3) * toned
    change = new[..., None] * target - old[..., None] * main
    # Bleached parts are no gloss: they are never darker than their light.
    lit = toned * target[0] - shading * main[0]
    change[..., 0] = np.maximum(change[..., 0], lit)
    # A darker or duller cloth shows less of the differences of its hue.
    lightness = np.maximum(pixels[..., 0] + change[..., 0], light.BLACK)
    kept = np.minimum(1.0, lightness / pixels[..., 0])
    kept = kept * _kept_tint(main, target)
    rest = (kept[..., None] - 1.0) * (pixels - old[..., None] * main)[..., 1:]
    # At the edge `tinted` counts in full measures of the main colour.
    edge = toned[..., None] * target[1:] - main[1:]
    change[..., 1:] = np.where(solid[..., None], change[..., 1:] + rest, edge)
    return change


def _kept_tint(main, target):
    """How much of the differences of hue within the cloth stays."""
    old, new = np.hypot(*main[1:]), np.hypot(*target[1:])
    return min(1.0, (new + 10.0) / (old + 10.0))


def _body(pixels, shading, main):
    """The light that comes from the cloth and not from its gloss."""
    chroma = float(np.hypot(main[1], main[2]))
    if chroma < COLORFUL:
        return shading
    along = (pixels[..., 1:] @ main[1:]) / (chroma * chroma)
    return np.where(shading > 1.0, np.clip(along, 0.5, shading), shading)


def _toned(shading, old, new, contrast):
    """The shading as it is on cloth that is so much lighter or darker."""
    steps = np.log(np.clip(shading, 0.05, 20.0))
    up = contrast or _ratio(HIGHLIGHTS, old, new)
    down = contrast or _ratio(SHADOWS, old, new)
    steps = np.where(steps > 0.0, up, down) * steps
    room = np.log((light.WHITE - 0.5) / min(new, light.WHITE - 2.0))
    depth = np.log(max(new, light.BLACK + 2.0) / (light.BLACK + 0.5))
    limit = np.where(steps > 0.0, room, depth)
    return np.exp(limit * np.tanh(steps / limit)).astype("float32")


def _ratio(spread, old, new):
    lightnesses = np.array([old, new]) - light.OFFSET
    old, new = np.interp(lightnesses, LIGHTNESSES, spread)
    return float(np.clip(new / old, *MOST_CONTRAST))
