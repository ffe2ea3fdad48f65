import cv2
import numpy as np

from keras_productgen.editing.checks import checked_background
from keras_productgen.editing.checks import checked_pair
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import is_grey
from keras_productgen.editing.pixels import matte_of
from keras_productgen.editing.pixels import strips
from keras_productgen.editing.pixels import to_levels
from keras_productgen.editing.pixels import to_light
from keras_productgen.images.kinds import checked_picture


def composite(foreground, background, matte=None, position=(0, 0)):
    """Lays a picture over another ("over" of Porter and Duff).

    It is light that is mixed, and colours count as much as they cover
    (premultiplied): no dark fringes, and soft edges as wide on black as on
    white. Pixels wholly covered have the bytes of the foreground, those not
    covered the bytes of the background.

    ```python
    on_white = kpg.editing.composite(cutout, 255)
    shaded = kpg.editing.composite(0, on_white, matte=shadow)
    ```

    Args:
        foreground: uint8 array, grey, RGB or RGBA; or a colour, a grey or an
            RGB tuple 0-255, as far as the matte reaches.
        background: uint8 array, grey, RGB or RGBA; or a colour, which makes a
            picture of the size of the foreground.
        matte: optional array of the height and width of the foreground, how
            much it covers: bool, uint8 0-255 or floats in `[0, 1]`. Defaults to
            its alpha channel, or all.
        position: pair of ints, row and column of the background where the
            upper left corner of the foreground lies. What hangs over is cut.

    Returns:
        uint8 array of the size of the background, RGBA where it is, grey where
        both are.

    Raises:
        ValueError: if an argument is none of these.
    """
    position = checked_pair("position", position)
    foreground = _as_picture(foreground, matte, "foreground")
    background = _as_picture(background, foreground, "background")
    matte = matte_of(foreground, matte)
    made = _canvas(background, foreground)
    rows, own_rows = _overlap(position[0], len(matte), len(made))
    columns, own_columns = _overlap(position[1], matte.shape[1], made.shape[1])
    covered = made[rows, columns]
    part, matte = (
        foreground[own_rows, own_columns],
        matte[own_rows, own_columns],
    )
    if covered.size:
        for each in strips(covered.shape):
            covered[each] = _over(part[each], matte[each], covered[each])
    return made


def _as_picture(picture, like, name):
    """A picture, or a colour over the height and width of another array."""
    if np.ndim(picture) >= 2:
        return checked_picture(picture, name)
    if np.ndim(like) < 2:
        raise ValueError(
            f"`{name}` must be a picture, or a colour where another array has "
            f"a size. Received: {name}={picture!r}"
        )
    color = checked_background(picture, 1 if np.ndim(picture) == 0 else 3)
    channels = np.shape(picture)[:1]
    return np.full((*np.shape(like)[:2], *channels), color, "uint8")


def _canvas(background, foreground):
    """A copy of the background with the channels of the result."""
    if not is_grey(background):
        return background.copy()
    if is_grey(foreground):
        return background.copy()
    return colors_of(background).copy()


def _overlap(start, side, whole):
    """Slices of the background and of the foreground along one axis."""
    first, last = max(0, start), min(whole, start + side)
    last = max(first, last)
    return slice(first, last), slice(first - start, last - start)


def _over(foreground, matte, background):
    """Mixes where the foreground covers in part; elsewhere bytes are copied."""
    shape = (*matte.shape, -1)
    if is_grey(background):
        front = foreground.reshape(shape)
    else:
        front = colors_of(foreground)
        if background.shape[-1] == 4:
            front = np.dstack([front, np.full_like(matte, 255)])
    back = background.reshape(shape)
    made = np.ascontiguousarray(back).copy()
    wholly = (matte == 255).astype("uint8")
    cv2.copyTo(np.ascontiguousarray(front), wholly, made)
    partly = np.flatnonzero((matte > 0) & (matte < 255))
    if partly.size:
        cover = (matte.ravel()[partly] / np.float32(255.0))[:, None]
        front, back = (
            each.reshape(-1, each.shape[-1])[partly] for each in (front, back)
        )
        made.reshape(-1, made.shape[-1])[partly] = _mixed(front, cover, back)
    return made.reshape(background.shape)


def _mixed(front, cover, back):
    """Linear light of both, `(n, channels)`, weighed by how much each covers.

    A fourth channel is the alpha of what is there already.
    """
    if front.shape[-1] < 4:
        light = cover * to_light(front) + (1.0 - cover) * to_light(back)
        return to_levels(light)
    below = (1.0 - cover) * (back[:, 3:] / np.float32(255.0))
    alpha = cover + below
    light = cover * to_light(front[:, :3]) + below * to_light(back[:, :3])
    levels = np.rint(255.0 * alpha).astype("uint8")
    return np.concatenate([to_levels(light / alpha), levels], -1)
