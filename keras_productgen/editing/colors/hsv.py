"""Hue, saturation, value."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import with_matte


def to_hsv(picture):
    """Colours as hue, saturation and value, as `tf.image.rgb_to_hsv`.

    Args:
        picture: uint8 array, grey, RGB or RGBA. Transparency is left out.

    Returns:
        float32 `(height, width, 3)` in `[0, 1]`, for 8 bits would lose colours:
        a hue of 0 is red, 1/3 green, 2/3 blue.

    Raises:
        ValueError: if `picture` is no such array.
    """
    colors = colors_of(with_matte(picture)).astype("float32")
    hsv = cv2.cvtColor(colors / np.float32(255.0), cv2.COLOR_RGB2HSV)
    hsv[..., 0] /= 360.0
    return hsv


def from_hsv(hsv):
    """The picture of hue, saturation and value; `to_hsv` backwards.

    Args:
        hsv: float array `(height, width, 3)`, saturation and value in
            `[0, 1]`. Hues go round: 1.25 is 0.25.

    Returns:
        uint8 `(height, width, 3)`.

    Raises:
        ValueError: if `hsv` is no such array.
    """
    hsv = np.array(hsv, "float32")
    fits = hsv.ndim == 3 and hsv.shape[-1] == 3 and hsv.size > 0
    if not fits or not np.isfinite(hsv).all():
        raise ValueError(
            "`hsv` must be finite floats (height, width, 3). "
            f"Received: hsv.shape={hsv.shape}"
        )
    if hsv[..., 1:].min() < 0.0 or hsv[..., 1:].max() > 1.0:
        raise ValueError(
            "Saturation and value must be in [0, 1]. Received: values from "
            f"{hsv[..., 1:].min():g} to {hsv[..., 1:].max():g}"
        )
    hsv[..., 0] = 360.0 * (hsv[..., 0] % 1.0)
    return images.to_uint8(255.0 * cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB))
