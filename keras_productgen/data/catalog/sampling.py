"""Draws items as a shop might have them."""

import colorsys

import numpy as np

from keras_productgen.conditions.color_names import CLOTH
from keras_productgen.data.catalog.item import BACKGROUNDS
from keras_productgen.data.catalog.item import PATTERNS
from keras_productgen.data.catalog.item import TURNED
from keras_productgen.data.catalog.item import Item

_BACKGROUND_SHARES = (0.34, 0.16, 0.16, 0.12, 0.12, 0.10)
_PLAIN_SHARE = 0.46
_MINIMUM_CONTRAST = 0.35


def sample_item(seed, index, categories):
    """The item at `index` of the catalogue with this seed."""
    generator = np.random.default_rng([seed, index])
    category = categories[index % len(categories)]
    color, second_color = _two_colors(generator)
    background = BACKGROUNDS[generator.choice(6, p=_BACKGROUND_SHARES)]
    return Item(
        category=category,
        seed=int(generator.integers(2**62)),
        color=color,
        second_color=second_color,
        pattern=_pattern(generator),
        height=_rounded(generator.uniform()),
        gloss=_gloss(generator, category),
        view_angle=_view_angle(generator, category),
        light=_light(generator),
        background=background,
        background_color=_background_color(generator, background, color),
    )


def _rounded(value):
    return round(float(value), 4)


def _color(generator):
    _, color = list(CLOTH.values())[int(generator.integers(len(CLOTH)))]
    moved = np.array(color) + generator.normal(0.0, 0.025, 3)
    return tuple(_rounded(channel) for channel in np.clip(moved, 0.04, 0.98))


def _two_colors(generator):
    color = _color(generator)
    for _ in range(8):
        second_color = _color(generator)
        if np.linalg.norm(np.subtract(color, second_color)) > _MINIMUM_CONTRAST:
            break
    return color, second_color


def _pattern(generator):
    if generator.random() < _PLAIN_SHARE:
        return "plain"
    return PATTERNS[int(generator.integers(1, len(PATTERNS)))]


def _gloss(generator, category):
    if category in TURNED:
        return _rounded(generator.uniform(0.25, 1.0))
    high = 0.8 if category == "shoes" else 0.3
    return _rounded(high * generator.uniform() ** 1.5)


def _view_angle(generator, category):
    if category == "mug":
        # Mostly with the handle in sight, at either side.
        side = 180.0 * int(generator.integers(2))
        return _rounded((side + generator.uniform(-60.0, 60.0)) % 360.0)
    if category in TURNED:
        return _rounded(generator.uniform(0.0, 360.0))
    return _rounded(generator.uniform(-28.0, 28.0))


def _light(generator):
    angle = np.radians(generator.uniform(35.0, 145.0))
    raised = np.radians(generator.uniform(38.0, 62.0))
    x, y = np.cos(raised) * np.cos(angle), np.cos(raised) * np.sin(angle)
    return _rounded(x), _rounded(y), _rounded(np.sin(raised))


def _background_color(generator, background, color):
    """Light and pale, and never close to the product."""
    hue, pale = generator.uniform(), generator.uniform(0.0, 0.28)
    value = generator.uniform(0.78, 0.97)
    if background == "wood":
        hue, pale = generator.uniform(0.06, 0.11), generator.uniform(0.2, 0.5)
        value = generator.uniform(0.55, 0.85)
    candidate = np.array(colorsys.hsv_to_rgb(hue, pale, value))
    if np.linalg.norm(candidate - color) < _MINIMUM_CONTRAST:
        candidate *= 0.55
    return tuple(_rounded(channel) for channel in candidate)
