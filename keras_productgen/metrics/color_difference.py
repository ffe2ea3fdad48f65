import math

import keras
from keras import ops

from keras_productgen.metrics.lab import srgb_to_lab
from keras_productgen.metrics.paired_metric import MaskedPairedMetric
from keras_productgen.metrics.picture_pairs import picture_mean
from keras_productgen.metrics.picture_pairs import prepare


def cie76(reference_lab, lab):
    """Color difference of 1976: the distance in CIE L*a*b*.

    Args:
        reference_lab: colors `(..., 3)`, as `srgb_to_lab` returns them.
        lab: colors of the same shape.

    Returns:
        float32 tensor `(...)`: about 2.3 can just be noticed.

    Reference:
    - [Mahy et al., 1994](https://doi.org/10.1002/col.5080190207)
    """
    difference = _as_tensor(lab) - _as_tensor(reference_lab)
    return ops.sqrt(ops.sum(ops.square(difference), axis=-1))


def ciede2000(reference_lab, lab):
    """Color difference CIEDE2000, all parametric factors 1.

    Args:
        reference_lab: colors `(..., 3)`, as `srgb_to_lab` returns them.
        lab: colors of the same shape.

    Returns:
        float32 tensor `(...)`: about 1 can just be noticed side by side.

    Reference:
    - [Sharma et al., 2005](https://doi.org/10.1002/col.20070)
    """
    l1, a1, b1 = ops.unstack(_as_tensor(reference_lab), axis=-1)
    l2, a2, b2 = ops.unstack(_as_tensor(lab), axis=-1)
    plain_chroma = 0.5 * (ops.hypot(a1, b1) + ops.hypot(a2, b2))
    stretch = 1.5 - 0.5 * _saturation(plain_chroma)
    a1, a2 = stretch * a1, stretch * a2
    c1, c2 = ops.hypot(a1, b1), ops.hypot(a2, b2)
    turn, hue = _hues(ops.arctan2(b1, a1), ops.arctan2(b2, a2))
    lightness, chroma = 0.5 * (l1 + l2), 0.5 * (c1 + c2)
    from_middle = ops.square(lightness - 50.0)
    s_l = 1.0 + 0.015 * from_middle / ops.sqrt(20.0 + from_middle)
    s_c = 1.0 + 0.045 * chroma
    s_h = 1.0 + 0.015 * chroma * _hue_weight(hue)
    d_l = (l2 - l1) / s_l
    d_c = (c2 - c1) / s_c
    d_h = 2.0 * ops.sqrt(c1 * c2) * ops.sin(0.5 * turn) / s_h
    rotated = _rotation(hue) * _saturation(chroma) * d_c * d_h
    squared = d_l * d_l + d_c * d_c + d_h * d_h + rotated
    return ops.sqrt(ops.maximum(squared, 0.0))


def _as_tensor(lab):
    return ops.cast(ops.convert_to_tensor(lab), "float32")


def _saturation(chroma):
    """From 0 for greys to 1 for vivid colors."""
    power = (chroma / 25.0) ** 7
    return ops.sqrt(power / (power + 1.0))


def _hues(first, second):
    """The turn from one hue to the other, and their mean, in radians."""
    first = ops.where(first < 0.0, first + 2.0 * math.pi, first)
    second = ops.where(second < 0.0, second + 2.0 * math.pi, second)
    turn, mean = second - first, 0.5 * (first + second)
    # Opposite hues are not wrapped; float32 must not decide what is opposite.
    wrapped = ops.abs(turn) > math.pi + 1e-6
    turn = ops.where(wrapped, turn - 2.0 * math.pi * ops.sign(turn), turn)
    turned_mean = mean + ops.where(mean < math.pi, math.pi, -math.pi)
    return turn, ops.where(wrapped, turned_mean, mean)


def _hue_weight(hue):
    return (
        1.0
        - 0.17 * ops.cos(hue - math.radians(30.0))
        + 0.24 * ops.cos(2.0 * hue)
        + 0.32 * ops.cos(3.0 * hue + math.radians(6.0))
        - 0.20 * ops.cos(4.0 * hue - math.radians(63.0))
    )


def _rotation(hue):
    """What couples chroma and hue, around blue."""
    from_blue = (hue - math.radians(275.0)) / math.radians(25.0)
    angle = math.radians(30.0) * ops.exp(-ops.square(from_blue))
    return -2.0 * ops.sin(2.0 * angle)


FORMULAS = {"cie76": cie76, "ciede2000": ciede2000}


@keras.saving.register_keras_serializable(package="keras_productgen")
def color_difference(
    reference_images,
    images,
    value_range=(0, 255),
    formula="ciede2000",
    mask=None,
):
    """Mean color difference (Delta E) of each picture: lower is better.

    Args:
        reference_images: sRGB pictures `(batch, height, width, 3)`.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white.
        formula: `"ciede2000"` or `"cie76"`.
        mask: optional weights of the pixels, `(batch, height, width, 1)`, such
            as 1 on the product and 0 elsewhere.

    Returns:
        float32 tensor `(batch,)`: 0 for identical pictures, not a number where
        the mask is empty.

    Raises:
        ValueError: if the shapes do not fit, there is no such formula, or
            values plainly are not in `value_range`.
    """
    check_formula(formula)
    reference_images, images, mask = prepare(
        reference_images, images, value_range, mask=mask, channels=(3,)
    )
    reference_lab = srgb_to_lab(reference_images, value_range)
    difference = FORMULAS[formula](
        reference_lab, srgb_to_lab(images, value_range)
    )
    return picture_mean(difference[..., None], mask)


def check_formula(formula):
    if formula not in FORMULAS:
        raise ValueError(
            f"`formula` must be one of {sorted(FORMULAS)}. "
            f"Received: formula={formula!r}"
        )


@keras.saving.register_keras_serializable(package="keras_productgen")
class ColorDifference(MaskedPairedMetric):
    """Mean over pictures of their mean color difference: lower is better.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        formula: `"ciede2000"` or `"cie76"`.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or there is no
            such formula.
    """

    def __init__(
        self,
        name="delta_e",
        value_range=(0, 255),
        formula="ciede2000",
        dtype=None,
    ):
        check_formula(formula)
        super().__init__(
            color_difference,
            name,
            dtype,
            value_range=value_range,
            formula=formula,
        )
