import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_pair
from keras_productgen.editing.composition.poisson import solve
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import matte_of
from keras_productgen.images.kinds import checked_picture


def poisson_blend(
    foreground,
    background,
    matte=None,
    position=(0, 0),
    mixed=False,
    keep_colors=False,
):
    """Lays a picture into another without a seam, by its gradients.

    Inside the matte the picture has the differences from pixel to pixel of the
    foreground, and at its edge the values of the background; outside not a bit
    changes. So its colours change with what is around it: for repairs and
    textures, not for products, unless `keep_colors`.

    The equation is solved by own conjugate gradients, preconditioned by the
    fast sine transform of the box around the matte, to about a tenth of a
    level; `cv2.seamlessClone` is faster, but changes what is outside.

    Args:
        foreground: uint8 array, grey, RGB or RGBA.
        background: uint8 array, grey, RGB or RGBA. Its transparency stays.
        matte: optional array of the height and width of the foreground: bool,
            uint8 or floats in `[0, 1]`; what is at least half covered is laid
            in. Defaults to the alpha channel, or all.
        position: pair of ints, row and column of the upper left corner.
        mixed: bool, whether the stronger of both differences counts, so that
            texture of the background shows through.
        keep_colors: bool, whether a* and b* of the foreground stay, and its
            lightness alone is blended.

    Returns:
        uint8 array of the size of the background, RGBA where it is, else RGB.

    Raises:
        ValueError: if an argument is none of these, or nothing of the matte
            lies inside of the background.

    Reference:
    - [Perez et al., 2003](https://doi.org/10.1145/882262.882269)
    """
    foreground = checked_picture(foreground, "foreground")
    background = checked_picture(background, "background")
    top, left = checked_pair("position", position)
    inside = _inside(
        matte_of(foreground, matte) >= 128, background.shape[:2], top, left
    )
    made = colors_of(background).copy()
    x, y, width, height = cv2.boundingRect(inside.astype("uint8"))
    rows = slice(y - 1, y + height + 1)
    columns = slice(x - 1, x + width + 1)
    source = _around(colors_of(foreground), rows, columns, top, left)
    area, part = inside[rows, columns], made[rows, columns]
    blend = _lightness_blended if keep_colors else _blended
    part[:] = np.where(area[..., None], blend(source, part, area, mixed), part)
    if background.ndim == 3 and background.shape[-1] == 4:
        return np.dstack([made, background[..., 3]])
    return made


def _around(foreground, rows, columns, top, left):
    """The foreground over a box of the background.

    Beyond its border it goes on as there.
    """
    rows = np.arange(rows.start, rows.stop) - top
    columns = np.arange(columns.start, columns.stop) - left
    rows = np.clip(rows, 0, foreground.shape[0] - 1)
    columns = np.clip(columns, 0, foreground.shape[1] - 1)
    return foreground[np.ix_(rows, columns)]


def _inside(solid, size, top, left):
    """Where the background is laid over: not at its border, which is known."""
    canvas = np.zeros(size, bool)
    rows, columns = np.nonzero(solid)
    rows, columns = rows + top, columns + left
    fits = (rows > 0) & (rows < size[0] - 1)
    fits &= (columns > 0) & (columns < size[1] - 1)
    canvas[rows[fits], columns[fits]] = True
    if not canvas.any():
        raise ValueError(
            "Some of `matte` must lie inside of the background, at least a "
            f"pixel from its border. Received: position={(top, left)} for a "
            f"background of {tuple(size)}"
        )
    return canvas


def _blended(source, target, inside, mixed):
    planes = [
        solve(source[..., c], target[..., c], inside, mixed) for c in range(3)
    ]
    return images.to_uint8(np.stack(planes, -1))


def _lightness_blended(source, target, inside, mixed):
    source, target = (
        cv2.cvtColor(each.astype("float32") / 255.0, cv2.COLOR_RGB2LAB)
        for each in (source, target)
    )
    # As levels, for which the accuracy is meant.
    source[..., 0] = (
        solve(2.55 * source[..., 0], 2.55 * target[..., 0], inside, mixed)
        / 2.55
    )
    source[..., 0] = np.clip(source[..., 0], 0.0, 100.0)
    return images.to_uint8(255.0 * cv2.cvtColor(source, cv2.COLOR_LAB2RGB))
