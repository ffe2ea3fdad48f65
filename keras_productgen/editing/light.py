"""Colours as light, in which shading is one factor.

CIELAB with 16 added to L*: twice the light is the same factor for all three
numbers, as all of them go with the cube root of the light.
"""

import numpy as np

OFFSET = 16.0
BLACK, WHITE = OFFSET, 100.0 + OFFSET
_LEAST = 6.0 / 29.0
# The numbers of `keras_productgen.metrics.srgb_to_lab`.
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_TO_XYZ = (_TO_XYZ / _TO_XYZ.sum(axis=1, keepdims=True)).astype("float32")
_FROM_XYZ = np.linalg.inv(_TO_XYZ).astype("float32")
_SHARE_OF_LUMA = _TO_XYZ[1]


def from_rgb(colors):
    """sRGB, uint8 or floats in `[0, 1]`, `(..., 3)`, as light.

    Returns:
        float32 `(..., 3)`: L* + 16, a* and b*.
    """
    colors = np.asarray(colors)
    if colors.dtype == np.uint8:
        linear = _LINEAR[colors]
    else:
        linear = _linear(colors.astype("float32"))
    x, y, z = np.moveaxis(_response(linear @ _TO_XYZ.T), -1, 0)
    return np.stack([116.0 * y, 500.0 * (x - y), 200.0 * (y - z)], axis=-1)


def to_rgb(light):
    """Light as sRGB, float32 `(..., 3)` in `[0, 1]`.

    What is no colour of sRGB is mixed with the grey that is as bright, no more
    than it must be.
    """
    y = np.clip(light[..., 0], BLACK, WHITE) / 116.0
    x, z = y + light[..., 1] / 500.0, y - light[..., 2] / 200.0
    linear = _light_of(np.stack([x, y, z], axis=-1)) @ _FROM_XYZ.T
    grey = np.clip(linear @ _SHARE_OF_LUMA, 0.0, 1.0)[..., None]
    beyond = linear - grey
    room = np.where(beyond > 0.0, 1.0 - grey, grey)
    share = (room / np.maximum(np.abs(beyond), 1e-6)).min(-1, keepdims=True)
    linear = np.clip(grey + np.minimum(share, 1.0) * beyond, 0.0, 1.0)
    return np.where(
        linear <= 0.0031308,
        12.92 * linear,
        1.055 * linear ** (1.0 / 2.4) - 0.055,
    )


def _linear(values):
    return np.where(
        values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4
    ).astype("float32")


def _response(values):
    low = values / (3.0 * _LEAST**2) + 4.0 / 29.0
    return np.where(values > _LEAST**3, np.cbrt(values), low)


def _light_of(values):
    low = 3.0 * _LEAST**2 * (values - 4.0 / 29.0)
    return np.where(values > _LEAST, values**3, low)


_LINEAR = _linear(np.arange(256, dtype="float32") / 255.0)
