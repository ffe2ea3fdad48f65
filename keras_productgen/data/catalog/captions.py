"""Names of colours and sentences about items, in English and Chinese."""

import functools

import cv2
import numpy as np

from keras_productgen.conditions.color_names import CLOTH

_NOUNS = {
    "dress": ("dress", "连衣裙", "一条"),
    "hat": ("hat", "帽子", "一顶"),
    "longsleeve": ("long-sleeved top", "长袖上衣", "一件"),
    "outwear": ("jacket", "外套", "一件"),
    "pants": ("pair of pants", "长裤", "一条"),
    "shirt": ("shirt", "衬衫", "一件"),
    "shoes": ("shoe", "鞋子", "一只"),
    "shorts": ("pair of shorts", "短裤", "一条"),
    "skirt": ("skirt", "半身裙", "一条"),
    "t-shirt": ("t-shirt", "T恤", "一件"),
    "bottle": ("bottle", "瓶子", "一个"),
    "mug": ("mug", "马克杯", "一个"),
    "vase": ("vase", "花瓶", "一个"),
}
_PATTERNS = {
    "stripes": ("with {} stripes", "{}横条纹"),
    "pinstripes": ("with {} pinstripes", "{}细竖条纹"),
    "checks": ("with {} checks", "{}格纹"),
    "dots": ("with {} dots", "{}圆点"),
    "chevron": ("with a {} chevron pattern", "{}人字纹"),
    "gradient": ("fading to {}", "渐变到{}"),
    "blocks": ("with a {} lower half", "下半{}拼色"),
}
_BACKGROUNDS = {
    "white": ("on pure white", "纯白背景"),
    "plain": ("on a plain {} background", "{}纯色背景"),
    "gradient": ("on a {} gradient", "{}渐变背景"),
    "spotlight": ("on a {} background in a spotlight", "{}聚光背景"),
    "textured": ("on {} cloth", "{}布面背景"),
    "wood": ("on {} wood", "{}木板背景"),
}


def to_lab(color):
    """CIELAB of an sRGB colour in `[0, 1]`."""
    pixel = np.asarray(color, "float32").reshape(1, 1, 3)
    return cv2.cvtColor(pixel, cv2.COLOR_RGB2Lab)[0, 0]


@functools.lru_cache
def _palette():
    return np.array([to_lab(color) for _, color in CLOTH.values()])


@functools.lru_cache(maxsize=4096)
def color_name(color):
    """The nearest named colour, e.g. `"navy"`."""
    distances = np.linalg.norm(_palette() - to_lab(color), axis=1)
    return list(CLOTH)[int(np.argmin(distances))]


def _finish(gloss, names):
    return names[0] if gloss < 0.25 else names[1] if gloss < 0.6 else names[2]


def _length(height, names):
    return (
        names[0] if height < 0.33 else names[1] if height < 0.67 else names[2]
    )


def english(item):
    """e.g. `"a long matt red dress with white dots, on pure white"`."""
    name = color_name(item.color)
    length = _length(item.height, ("short ", "", "long "))
    finish = _finish(item.gloss, ("matt", "satin", "glossy"))
    words = f"{length}{finish} {name} {_NOUNS[item.category][0]}"
    if item.pattern != "plain":
        pattern = _PATTERNS[item.pattern][0]
        words += " " + pattern.format(color_name(item.second_color))
    behind = _BACKGROUNDS[item.background][0]
    behind = behind.format(color_name(item.background_color))
    return f"a {words}, {behind}"


def chinese(item):
    """e.g. `"一条红色哑光长款连衣裙，白色圆点，纯白背景"`."""
    _, noun, measure = _NOUNS[item.category]
    name = CLOTH[color_name(item.color)][0]
    length = _length(item.height, ("短款", "", "长款"))
    finish = _finish(item.gloss, ("哑光", "缎面", "亮面"))
    words = f"{measure}{name}{finish}{length}{noun}"
    if item.pattern != "plain":
        second = CLOTH[color_name(item.second_color)][0]
        words += "，" + _PATTERNS[item.pattern][1].format(second)
    behind = CLOTH[color_name(item.background_color)][0]
    return f"{words}，{_BACKGROUNDS[item.background][1].format(behind)}"
