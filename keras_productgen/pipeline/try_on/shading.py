"""The light on a person, thrown on what they put on."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing import light

# Broader than folds and prints of the old clothes, as a share of the height.
BROAD = 0.03
DARKEST, LIGHTEST = 0.7, 1.25


def with_shading(garment, person, person_alpha, strength):
    """Shades a warped garment as the person below it is.

    Only what changes slowly is taken: the old clothes' own folds and prints
    must not show through.

    Args:
        garment: uint8 `(height, width, 4)`, warped.
        person: uint8 `(height, width, 3)`.
        person_alpha: float32 `(height, width)`.
        strength: float in `[0, 1]`.

    Returns:
        uint8 `(height, width, 4)`.
    """
    cover = garment[..., 3].astype("float32") / 255.0
    region = (cover >= 0.5) & (person_alpha >= 0.5)
    if strength == 0.0 or not region.any():
        return garment
    factor = _factor(light.from_rgb(person)[..., 0], region) ** strength
    shown = cover > 0.0
    pixels = light.from_rgb(garment[..., :3][shown])
    lit = 255.0 * light.to_rgb(pixels * factor[shown][:, None])
    made = garment.copy()
    made[shown, :3] = images.to_uint8(lit)
    return made


def _factor(lightness, region):
    """How much lighter than the median the surrounding is, at each pixel."""
    sigma = max(1.0, BROAD * len(lightness))
    weight = region.astype("float32")
    total = cv2.GaussianBlur(weight, (0, 0), sigma)
    mean = cv2.GaussianBlur(weight * lightness, (0, 0), sigma)
    usual = float(np.median(lightness[region]))
    # Beyond the body's edge little is known, and the light is the usual one.
    mean = (mean + 0.02 * usual) / (total + 0.02)
    return np.clip(mean / max(usual, 1.0), DARKEST, LIGHTEST)
