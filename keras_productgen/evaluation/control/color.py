"""Does a model make products of the colour it is asked for?"""

import dataclasses

import numpy as np

from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.product_color import color_difference
from keras_productgen.evaluation.control.product_color import product_color


@dataclasses.dataclass
class ColorControl:
    """How far the product's colour is from the one asked for, in CIEDE2000.

    Args:
        difference: float, mean.
        interval: `(low, high)`, 95 %, of the mean.
        median: float.
        median_interval: `(low, high)`, 95 %, of the median.
        real_difference: float, the mean of real pictures from their own colour:
            what the measurement itself costs. `None` where it is not known.
        real_median: float, their median, likewise.
        chance: float, what a model gets that does not listen.
        asked: float array `(num_fake, 3)`, sRGB in `[0, 1]`.
        found: float array `(num_fake, 3)`; not a number where the product
            cannot be told from its background.
        differences: float array `(num_fake,)`, likewise.
        num_judged: int, pictures with a colour.
    """

    difference: float
    interval: tuple
    median: float
    median_interval: tuple
    real_difference: float | None
    real_median: float | None
    chance: float
    asked: np.ndarray
    found: np.ndarray
    differences: np.ndarray
    num_judged: int


def color_control(
    fake_images, asked, real_images=None, real_colors=None, groups=None
):
    """Returns the `ColorControl`, `None` where no product can be told.

    Args:
        fake_images: uint8 `(num_fake, height, width, 3)`.
        asked: float array `(num_fake, 3)`, sRGB in `[0, 1]`.
        real_images: optional uint8 array of real pictures.
        real_colors: optional float array `(num_real, 3)`, their colours.
        groups: optional int array `(num_fake,)`: the wish of each picture, by
            default one each.
    """
    asked = np.asarray(asked, "float64")
    found, differences = _differences(fake_images, asked)
    known = np.isfinite(differences)
    if known.sum() < 2:
        return None
    groups = np.arange(len(known)) if groups is None else np.asarray(groups)
    groups = groups[known]
    mean = float(differences[known].mean())
    of_real = _of_real(real_images, real_colors)
    return ColorControl(
        mean,
        intervals.around_groups(differences[known], groups),
        float(np.median(differences[known])),
        intervals.around_median(_of_groups(differences[known], groups)),
        None if of_real is None else float(of_real.mean()),
        None if of_real is None else float(np.median(of_real)),
        _by_chance(asked[known], found[known]),
        asked,
        found,
        differences,
        int(known.sum()),
    )


def _of_groups(values, groups):
    """The median of each group."""
    return np.array([np.median(values[groups == g]) for g in np.unique(groups)])


def _differences(images, colors):
    found = np.array([product_color(image) for image in images])
    differences = np.full(len(found), np.nan)
    known = np.isfinite(found).all(axis=1)
    if known.any():
        differences[known] = color_difference(found[known], colors[known])
    return found, differences


def _of_real(images, colors):
    if images is None or colors is None:
        return None
    _, differences = _differences(images, np.asarray(colors, "float64"))
    known = np.isfinite(differences)
    return differences[known] if known.any() else None


def _by_chance(asked, found):
    """The mean over colours asked for in other pictures."""
    turns = range(1, min(len(asked), 21))
    return float(
        np.mean(
            [color_difference(np.roll(asked, turn, 0), found) for turn in turns]
        )
    )
