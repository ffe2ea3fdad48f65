"""Names of colours that shops use, in English and Chinese.

English names and values are CSS's, spelled as words.
"""

import numpy as np
from skimage import color

NAMES = {
    "black": ("黑色", "#000000"),
    "dim gray": ("暗灰色", "#696969"),
    "gray": ("灰色", "#808080"),
    "silver": ("银灰色", "#c0c0c0"),
    "light gray": ("浅灰色", "#d3d3d3"),
    "white": ("白色", "#ffffff"),
    "ivory": ("象牙白", "#fffff0"),
    "linen": ("亚麻色", "#faf0e6"),
    "beige": ("米色", "#f5f5dc"),
    "tan": ("棕褐色", "#d2b48c"),
    "khaki": ("卡其色", "#f0e68c"),
    "dark khaki": ("深卡其色", "#bdb76b"),
    "brown": ("红褐色", "#a52a2a"),
    "saddle brown": ("马鞍棕", "#8b4513"),
    "sienna": ("赭色", "#a0522d"),
    "chocolate": ("巧克力色", "#d2691e"),
    "rosy brown": ("玫瑰褐", "#bc8f8f"),
    "maroon": ("栗色", "#800000"),
    "dark red": ("深红色", "#8b0000"),
    "crimson": ("绯红色", "#dc143c"),
    "red": ("红色", "#ff0000"),
    "tomato": ("番茄红", "#ff6347"),
    "coral": ("珊瑚色", "#ff7f50"),
    "salmon": ("鲑鱼粉", "#fa8072"),
    "orange": ("橙色", "#ffa500"),
    "gold": ("金色", "#ffd700"),
    "goldenrod": ("金菊色", "#daa520"),
    "yellow": ("黄色", "#ffff00"),
    "olive": ("橄榄色", "#808000"),
    "yellow green": ("黄绿色", "#9acd32"),
    "lime green": ("酸橙绿", "#32cd32"),
    "green": ("绿色", "#008000"),
    "dark green": ("深绿色", "#006400"),
    "sea green": ("海绿色", "#2e8b57"),
    "dark olive green": ("军绿色", "#556b2f"),
    "teal": ("蓝绿色", "#008080"),
    "turquoise": ("绿松石色", "#40e0d0"),
    "aqua": ("青色", "#00ffff"),
    "light blue": ("浅蓝色", "#add8e6"),
    "sky blue": ("天蓝色", "#87ceeb"),
    "steel blue": ("钢青色", "#4682b4"),
    "royal blue": ("宝蓝色", "#4169e1"),
    "blue": ("蓝色", "#0000ff"),
    "navy": ("藏青色", "#000080"),
    "slate gray": ("石板灰", "#708090"),
    "dark slate gray": ("墨灰色", "#2f4f4f"),
    "indigo": ("靛蓝色", "#4b0082"),
    "purple": ("紫色", "#800080"),
    "medium purple": ("中紫色", "#9370db"),
    "lavender": ("薰衣草色", "#e6e6fa"),
    "plum": ("梅红色", "#dda0dd"),
    "magenta": ("品红色", "#ff00ff"),
    "deep pink": ("深粉色", "#ff1493"),
    "hot pink": ("艳粉色", "#ff69b4"),
    "pink": ("粉色", "#ffc0cb"),
}


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


_ENGLISH = tuple(NAMES)
_LAB = to_lab([from_hexadecimal(code) for _, code in NAMES.values()])


def name_of(rgb):
    """Returns the English and Chinese name of the nearest colour.

    Nearest is the smallest CIEDE2000 difference.

    Args:
        rgb: sRGB, three numbers 0-255.
    """
    distances = color.deltaE_ciede2000(to_lab(rgb)[None], _LAB)
    name = _ENGLISH[int(np.argmin(distances))]
    return name, NAMES[name][0]
