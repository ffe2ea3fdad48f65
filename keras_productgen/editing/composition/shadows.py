"""Shadows and reflections that a product throws, from its matte."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.blurs import gaussian
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import matte_of
from keras_productgen.images.kinds import checked_picture
from keras_productgen.images.kinds import filled

# How far above its lowest point a product still darkens the ground, as a share
# of its longer side.
NEAR = 0.06


def contact_shadow(matte, opacity=0.7, size=0.1):
    """The dark line where a standing product touches the ground.

    Columns count the less, the higher above the lowest point the product ends:
    heels and feet have a shadow each, with light in between.

    ```python
    shadow = kpg.editing.contact_shadow(cutout[..., 3])
    scene = kpg.editing.composite(0, scene, matte=shadow)
    scene = kpg.editing.composite(cutout, scene)
    ```

    Args:
        matte: array `(height, width)`: bool, uint8 0-255 or floats in
            `[0, 1]`; or RGBA, whose alpha counts. It needs room below the
            product (`pad_canvas`), for the shadow is as large.
        opacity: float in `[0, 1]`, of the darkest spot.
        size: float above 0, how far it reaches, as a share of the longer side
            of the product.

    Returns:
        uint8 `(height, width)`: how much of the light is gone, 0-255.

    Raises:
        ValueError: if an argument is none of these, or the matte is empty.
    """
    matte, box = _product(matte)
    opacity = checked_number("opacity", opacity, 0.0, 1.0)
    size = checked_number("size", size, 1e-4, 1.0)
    x, y, width, height = box
    side = max(width, height)
    solid = matte[y : y + height] >= 128
    bottoms = y + height - 1 - solid[::-1].argmax(0)
    gaps = np.where(solid.any(0), y + height - 1 - bottoms, np.inf)
    strength = np.exp(-((gaps / max(1.0, NEAR * side)) ** 2))
    line = np.zeros(matte.shape, "float32")
    columns = np.flatnonzero(strength > 0.004)
    line[bottoms[columns], columns] = strength[columns]
    reach = size * side
    # Two blurs: it is darkest where it touches, and fades slowly.
    near, far = (
        _blurred(line, part * reach, 0.5 * part * reach) for part in (0.25, 1.0)
    )
    shadow = 0.6 * near / near.max() + 0.4 * far / far.max()
    return _opaque(shadow, opacity)


def soft_shadow(matte, opacity=0.35, offset=(0.03, 0.02), blur=0.03):
    """The shadow on a wall or table behind a product.

    Args:
        matte: as of `contact_shadow`; it needs room where the shadow falls.
        opacity: float in `[0, 1]`, where it is darkest.
        offset: pair of floats, how far the shadow lies down and to the right,
            as shares of the longer side of the product.
        blur: float of at least 0, standard deviation of its edge, as such a
            share.

    Returns:
        uint8 `(height, width)`: how much of the light is gone, 0-255.

    Raises:
        ValueError: if an argument is none of these, or the matte is empty.
    """
    matte, (_, _, width, height) = _product(matte)
    opacity = checked_number("opacity", opacity, 0.0, 1.0)
    blur = checked_number("blur", blur, 0.0, 1.0)
    down, right = (checked_number("offset", each, -4.0, 4.0) for each in offset)
    side = max(width, height)
    move = np.float32([[1, 0, right * side], [0, 1, down * side]])
    size = matte.shape[::-1]
    moved = cv2.warpAffine(matte.astype("float32"), move, size)
    if blur > 0.0:
        moved = _blurred(moved, blur * side, blur * side)
    return images.to_uint8(opacity * moved)


def reflection(picture, matte=None, opacity=0.3, height=0.3):
    """The mirror image of a product that stands on a shiny ground.

    Args:
        picture: uint8 array, grey, RGB or RGBA, with room below the product.
        matte: optional array, as of `contact_shadow`. Defaults to the alpha
            channel.
        opacity: float in `[0, 1]`, where it touches the product; it fades out.
        height: float in `(0, 1]`, how much of the product is mirrored.

    Returns:
        uint8 `(height, width, 4)`, RGBA, the reflection alone, to be laid below
        the product.

    Raises:
        ValueError: if an argument is none of these, or the matte is empty.
    """
    picture = checked_picture(picture)
    matte, box = _product(matte_of(picture, matte))
    opacity = checked_number("opacity", opacity, 0.0, 1.0)
    height = checked_number("height", height, 1e-3, 1.0)
    ground = box[1] + box[3]
    colors = filled(colors_of(picture), matte)
    made = np.zeros((*matte.shape, 4), "uint8")
    count = min(len(matte) - ground, max(1, round(height * box[3])))
    fade = 1.0 - (np.arange(count) + 0.5) / max(1, round(height * box[3]))
    mirrored = slice(ground - count, ground)
    below = slice(ground, ground + count)
    made[..., :3] = colors
    made[below, :, :3] = colors[mirrored][::-1]
    made[below, :, 3] = images.to_uint8(
        opacity * fade[:, None] * matte[mirrored][::-1]
    )
    return made


def _product(matte):
    """`(matte, box)`: uint8, and x, y, width, height of what is in it."""
    matte = np.asarray(matte)
    if matte.ndim == 3:
        matte = matte_of(checked_picture(matte, "matte"))
    matte = matte_of(np.empty((*matte.shape[:2], 3), "uint8"), matte)
    box = cv2.boundingRect((matte >= 128).astype("uint8"))
    if 0 in box[2:]:
        raise ValueError(
            "`matte` must hold a product: some of it must be at least half "
            f"covered. Received: a matte with a maximum of "
            f"{matte.max(initial=0)} of 255"
        )
    return matte, box


def _blurred(plane, across, down):
    # Narrower ones would fall between the pixels.
    across, down = max(across, 0.7), max(down, 0.7)
    return gaussian(plane, across, down, cv2.BORDER_CONSTANT)


def _opaque(shadow, opacity):
    return images.to_uint8(255.0 * opacity * shadow / max(shadow.max(), 1e-9))
