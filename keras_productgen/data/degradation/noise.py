"""Noise: of known size, of light, of a camera."""

import numpy as np

from keras_productgen.data.degradation.base import Degradation
from keras_productgen.data.degradation.base import checked_range
from keras_productgen.data.degradation.base import drawn
from keras_productgen.data.degradation.light import from_linear
from keras_productgen.data.degradation.light import to_linear


class GaussianNoise(Degradation):
    """Adds independent normal noise to every value, as tables of denoisers do.

    Nothing is clipped: figures such as "sigma 25" rest on that.

    Args:
        sigma: float or pair, standard deviation in grey levels of 255.

    Raises:
        ValueError: if `sigma` is below 0.

    Reference:
    - [Zhang et al., 2017](https://arxiv.org/abs/1608.03981), section IV
    """

    def __init__(self, sigma=25.0):
        self.sigma = checked_range("sigma", sigma, 0.0)

    def degrade(self, image, generator):
        sigma = drawn(self.sigma, generator)
        noise = generator.standard_normal(image.shape, "float32")
        return image + np.float32(sigma) * noise


class PoissonNoise(Degradation):
    """Counts photons: the brighter, the more noise in grey levels.

    Values become counts, `photons` at white, that a Poisson distribution
    draws. The variance of a value `v` is `255 * v / photons`.

    Args:
        photons: float or pair, how many photons white stands for.

    Raises:
        ValueError: if `photons` is below 1.
    """

    def __init__(self, photons=(20.0, 1000.0)):
        self.photons = checked_range("photons", photons, 1.0)

    def degrade(self, image, generator):
        scale = drawn(self.photons, generator) / 255.0
        counts = generator.poisson(np.clip(image, 0.0, None) * scale)
        return (counts / scale).astype("float32")


class CameraNoise(Degradation):
    """Shot and read noise of a sensor, in linear light, then sRGB again.

    A linear value `x` in [0, 1] gets normal noise of the variance
    `shot * x + read**2`. The result is clipped to 0-255, as a camera does.

    Args:
        shot: float or pair, variance for each unit of light. 0.012 is a phone
            in dim light.
        read: float or pair, standard deviation where there is no light.

    Raises:
        ValueError: if one is below 0.

    Reference:
    - [Brooks et al., 2019](https://arxiv.org/abs/1811.11127), section 3.1
    """

    def __init__(self, shot=(0.0001, 0.012), read=(0.0005, 0.02)):
        self.shot = checked_range("shot", shot, 0.0)
        self.read = checked_range("read", read, 0.0)

    def degrade(self, image, generator):
        light = to_linear(image)
        variance = drawn(self.shot, generator) * light
        variance += drawn(self.read, generator) ** 2
        noise = generator.standard_normal(image.shape, "float32")
        return from_linear(light + np.sqrt(variance) * noise)
