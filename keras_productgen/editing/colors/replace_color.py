import numpy as np
from skimage.color import deltaE_ciede2000

from keras_productgen import images
from keras_productgen.editing import light
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.pixels import is_grey
from keras_productgen.editing.pixels import map_colors
from keras_productgen.editing.pixels import strips
from keras_productgen.editing.recolor import check_color
from keras_productgen.images.kinds import checked_picture

_COLORS = 1 << 24


def replace_color(picture, source, target, tolerance=15.0, softness=0.5):
    """Gives another colour to all pixels near to one.

    How near is CIEDE2000's matter. A pixel lighter or darker than `source` gets
    `target` as much lighter or darker, so that shading stays; and what it has
    beside the source colour, such as gloss, is carried over. `recolor` is for
    products: it finds them, and all shades of their colour.

    Args:
        picture: uint8 array, RGB or RGBA, of any size.
        source: sRGB in `[0, 1]`, the colour to replace.
        target: sRGB in `[0, 1]`, what it becomes.
        tolerance: float above 0, the CIEDE2000 beyond which nothing changes.
            About 1 can just be noticed. Cloth with its folds needs 10-20;
            a white wall is within 25 of many pale colours.
        softness: float in `[0, 1]`, over which part of the tolerance the change
            fades out.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    if is_grey(checked_picture(picture)):
        raise ValueError(
            "`picture` must have colours, RGB or RGBA. "
            f"Received: picture.shape={np.shape(picture)}"
        )
    source = light.from_rgb(check_color("source", source))
    target = light.from_rgb(check_color("target", target))
    tolerance = checked_number("tolerance", tolerance, 1e-6)
    softness = checked_number("softness", softness, 0.0, 1.0)

    def replaced(colors):
        pixels = light.from_rgb(colors)
        weight = _weight(pixels, source, tolerance, softness)
        shading = pixels[..., :1] / source[0]
        made = pixels + weight[..., None] * shading * (target - source)
        made = images.to_uint8(255.0 * light.to_rgb(made))
        return np.where(weight[..., None] > 0.0, made, colors)

    return map_colors(lambda colors: _by_color(replaced, colors), picture)


def _weight(pixels, source, tolerance, softness):
    offset = np.array([light.OFFSET, 0.0, 0.0], "float32")
    distance = deltaE_ciede2000(pixels - offset, (source - offset)[None])
    fade = max(softness * tolerance, 1e-6)
    return np.clip((tolerance - distance) / fade, 0.0, 1.0).astype("float32")


def _by_color(function, colors):
    """As `function(colors)`, but each colour is worked on once.

    Photos have many more pixels than colours.
    """
    seen = np.zeros(_COLORS, bool)
    for rows in strips(colors.shape):
        seen[_packed(colors[rows])] = True
    numbers = np.flatnonzero(seen)
    table = np.zeros((_COLORS, 3), "uint8")
    for rows in strips((len(numbers), 1), 1 << 18):
        part = numbers[rows]
        unpacked = np.stack([part >> 16, part >> 8 & 255, part & 255], -1)
        table[part] = function(unpacked.astype("uint8"))
    made = np.empty_like(colors)
    for rows in strips(colors.shape):
        made[rows] = table[_packed(colors[rows])]
    return made


def _packed(colors):
    wide = colors.astype("uint32")
    return wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
