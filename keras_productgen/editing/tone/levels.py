"""Brightness, contrast, gamma, saturation: a table of 256 values each."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.pixels import LUMA
from keras_productgen.editing.pixels import map_colors
from keras_productgen.editing.pixels import visible_colors
from keras_productgen.images.kinds import checked_picture

_VALUES = np.arange(256, dtype="float32")[:, None]


def adjust_brightness(picture, delta):
    """Adds the same to all values, as `tf.image.adjust_brightness`.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        delta: float in `[-1, 1]`, as a share of white.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    delta = checked_number("delta", delta, -1.0, 1.0)
    return _through_table(picture, _VALUES + 255.0 * delta)


def adjust_contrast(picture, factor):
    """Spreads values around their mean, as `tf.image.adjust_contrast`.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. What transparency
            hides does not count for the mean.
        factor: float of at least 0; above 1 strengthens. Each channel becomes
            `(value - mean) * factor + mean`, with its own mean.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    factor = checked_number("factor", factor, 0.0)
    mean = visible_colors(checked_picture(picture)).mean(0, dtype="float64")
    return _through_table(picture, (_VALUES - mean) * factor + mean)


def adjust_gamma(picture, gamma, gain=1.0):
    """Raises values to a power, as `tf.image.adjust_gamma` and scikit-image.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        gamma: float above 0; below 1 brightens. A value in `[0, 1]` becomes
            `gain * value**gamma`.
        gain: float of at least 0.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    gamma = checked_number("gamma", gamma, 1e-3, 1e3)
    gain = checked_number("gain", gain, 0.0)
    table = 255.0 * gain * (_VALUES.astype("float64") / 255.0) ** gamma
    return _through_table(picture, table)


def adjust_saturation(picture, factor):
    """Mixes colours with the grey of the same luma, as CSS' `saturate()`.

    Luma stays where no channel is clipped, unlike with the saturation of HSV.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. Grey pictures stay
            as they are.
        factor: float of at least 0: 0 makes grey, 1 changes nothing, more makes
            vivid.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    factor = checked_number("factor", factor, 0.0)
    matrix = factor * np.eye(3) + (1.0 - factor) * LUMA
    return map_colors(lambda colors: cv2.transform(colors, matrix), picture)


def _through_table(picture, table):
    """The same number to the same value; a column for all, or one each."""
    table = images.to_uint8(table)[None]
    return map_colors(lambda colors: cv2.LUT(colors, table), picture)
