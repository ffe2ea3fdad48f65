"""Too little light, light of a colour, dark corners."""

import numpy as np

from keras_productgen.data.degradation.base import Degradation
from keras_productgen.data.degradation.base import checked_range
from keras_productgen.data.degradation.base import drawn

# Gains of red and blue in linear light, from shade to a bulb.
_WARMEST, _COLDEST = (1.6, 0.55), (0.7, 1.5)


def to_linear(image):
    """From sRGB values 0-255 to linear light in [0, 1], clipped (IEC 61966)."""
    image = np.clip(image / np.float32(255.0), 0.0, 1.0)
    curve = ((image + np.float32(0.055)) / np.float32(1.055)) ** np.float32(2.4)
    return np.where(image <= 0.04045, image / np.float32(12.92), curve)


def from_linear(light):
    """From linear light in [0, 1] to sRGB values 0-255, clipped."""
    light = np.clip(light, 0.0, 1.0).astype("float32")
    curve = np.float32(1.055) * light ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.float32(255.0) * np.where(
        light <= 0.0031308, light * np.float32(12.92), curve
    )


class LowLight(Degradation):
    """Takes away light, then bends the tones.

    Linear light is multiplied by `2**-stops`; the sRGB values in [0, 1] that
    come of it are raised to `gamma`. Noise is a matter of its own: put
    `CameraNoise` behind.

    Args:
        stops: float or pair, how often light is halved.
        gamma: float or pair, exponent of the tones; above 1 darkens further.

    Raises:
        ValueError: if `stops` is below 0, or `gamma` not in 0.1-10.
    """

    def __init__(self, stops=(1.0, 4.0), gamma=(0.8, 1.5)):
        self.stops = checked_range("stops", stops, 0.0)
        self.gamma = checked_range("gamma", gamma, 0.1, 10.0)

    def degrade(self, image, generator):
        factor = np.float32(2.0 ** -drawn(self.stops, generator))
        gamma = np.float32(drawn(self.gamma, generator))
        tones = from_linear(to_linear(image) * factor) / np.float32(255.0)
        return np.float32(255.0) * tones**gamma


class ColorCast(Degradation):
    """The light of a bulb or of the shade: gains of the channels.

    Red and blue are multiplied in linear light, green with what keeps the luma
    of a grey. At 1 they are 1.6 and 0.55 before that, at -1 0.7 and 1.5; in
    between the logarithms are interpolated. Grey pictures stay as they are.

    Args:
        warmth: float or pair from -1 (cold) to 1 (warm).

    Raises:
        ValueError: if `warmth` is not in [-1, 1].
    """

    def __init__(self, warmth=(-1.0, 1.0)):
        self.warmth = checked_range("warmth", warmth, -1.0, 1.0)

    def degrade(self, image, generator):
        warmth = drawn(self.warmth, generator)
        if image.shape[-1] == 1:
            return image
        red, blue = _WARMEST if warmth > 0 else _COLDEST
        gains = np.array([red, 1.0, blue]) ** abs(warmth)
        gains /= gains @ [0.2126, 0.7152, 0.0722]
        return from_linear(to_linear(image) * gains.astype("float32"))


class Vignette(Degradation):
    """Darkens towards the corners, as the law of a lens has it.

    Linear light is multiplied by `cos(angle)**4`, where the tangent of the
    angle grows with the distance from the centre up to what leaves
    `1 - strength` in the corners.

    Args:
        strength: float or pair in [0, 1), the share of the light that the
            corners lose.

    Raises:
        ValueError: if `strength` is not in [0, 0.99].
    """

    def __init__(self, strength=(0.1, 0.6)):
        self.strength = checked_range("strength", strength, 0.0, 0.99)

    def degrade(self, image, generator):
        strength = drawn(self.strength, generator)
        rows, columns = (np.linspace(-1.0, 1.0, n) for n in image.shape[:2])
        distance = (rows[:, None] ** 2 + columns**2) / 2.0
        # cos(angle)**4 is 1 / (1 + tan(angle)**2)**2.
        tangent = 1.0 / np.sqrt(1.0 - strength) - 1.0
        light = 1.0 / (1.0 + tangent * distance) ** 2
        light = light[..., None].astype("float32")
        return from_linear(to_linear(image) * light)
