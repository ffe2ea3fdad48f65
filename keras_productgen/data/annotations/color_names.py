"""Names of colours that shops use, in English and Chinese.

English names and values are CSS's, spelled as words.
"""

import numpy as np
from skimage import color

from keras_productgen.conditions.color_names import CSS


def to_lab(colors):
    """sRGB 0-255 of shape `(..., 3)` as CIELAB."""
    return color.rgb2lab(np.asarray(colors, "float64") / 255.0)


def to_rgb(lab):
    """CIELAB of shape `(..., 3)` as sRGB, uint8."""
    return np.round(color.lab2rgb(lab) * 255.0).astype("uint8")


def hexadecimal(rgb):
    return "#{:02x}{:02x}{:02x}".format(*map(int, rgb))


def from_hexadecimal(text):
    return tuple(int(text[place : place + 2], 16) for place in (1, 3, 5))


_ENGLISH = tuple(CSS)
_LAB = to_lab([from_hexadecimal(code) for _, code in CSS.values()])


def name_of(rgb):
    """Returns the English and Chinese name of the nearest colour.

    Nearest is the smallest CIEDE2000 difference.

    Args:
        rgb: sRGB, three numbers 0-255.
    """
    distances = color.deltaE_ciede2000(to_lab(rgb)[None], _LAB)
    name = _ENGLISH[int(np.argmin(distances))]
    return name, CSS[name][0]
