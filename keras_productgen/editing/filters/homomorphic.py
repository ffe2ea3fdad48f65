import math

import numpy as np
import scipy.fft

from keras_productgen.data.degradation.base import check_choice
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.pixels import LUMA
from keras_productgen.editing.pixels import map_filled
from keras_productgen.editing.pixels import strips
from keras_productgen.editing.pixels import to_levels
from keras_productgen.editing.pixels import to_light

KINDS = ("butterworth", "gaussian")
# Light that is counted as black: about the third level of 255.
BLACK = 1e-3


def homomorphic_filter(
    picture,
    cutoff=1.5,
    gain_low=0.5,
    gain_high=1.0,
    kind="butterworth",
    order=2,
):
    """Takes away uneven light: a filter of the logarithm of light.

    What is seen is light times reflectance; logarithms make a sum of it, in
    which light is what changes slowly. Frequencies are those of the cosine
    transform, which is Fourier's of the mirrored picture, so that opposite
    borders do not meet. The mean of the logarithm stays: the picture becomes
    neither darker nor lighter. Beside large dark parts it glows, the more the
    lower `gain_low`.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. Hues stay: the
            channels of linear light get the same factor.
        cutoff: float above 0, waves along the longer side: slower ones are
            taken for light.
        gain_low: float of at least 0, what becomes of slow waves; 0 takes all
            of them away.
        gain_high: float of at least 0, what becomes of fast ones; above 1
            sharpens.
        kind: `"butterworth"` or `"gaussian"`, how the gain rises around the
            cutoff, where it is half way (Gaussian: 1 - 1/e).
        order: int, how steeply Butterworth's rises.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Oppenheim et al., 1968](https://doi.org/10.1109/PROC.1968.6570)
    """
    cutoff = checked_number("cutoff", cutoff, 1e-3)
    gain_low = checked_number("gain_low", gain_low, 0.0)
    gain_high = checked_number("gain_high", gain_high, 0.0)
    check_choice("kind", kind, KINDS)
    order = checked_number("order", order, 0.1, 20.0)

    def filtered(colors):
        logs = _log_light(colors)
        waves = scipy.fft.dctn(logs, norm="ortho", overwrite_x=True)
        mean = waves[0, 0]
        _weigh(waves, cutoff, gain_low, gain_high, kind, order)
        waves[0, 0] = mean
        logs = scipy.fft.idctn(waves, norm="ortho", overwrite_x=True)
        return _relit(colors, logs)

    return map_filled(filtered, picture)


def _log_light(colors):
    logs = np.empty(colors.shape[:2], "float32")
    for rows in strips(colors.shape):
        logs[rows] = np.log(np.maximum(to_light(colors[rows]) @ LUMA, BLACK))
    return logs


def _weigh(waves, cutoff, gain_low, gain_high, kind, order):
    """Multiplies each frequency by its gain, in place."""
    height, width = waves.shape
    # Coefficient k of n is k / 2 waves along these n pixels.
    down = np.arange(height, dtype="float32") * (max(waves.shape) / height / 2)
    across = np.arange(width, dtype="float32") * (max(waves.shape) / width / 2)
    for rows in strips(waves.shape):
        ratio = np.hypot(down[rows, None], across) / np.float32(cutoff)
        if kind == "gaussian":
            passed = 1.0 - np.exp(-(ratio**2))
        else:
            power = ratio ** np.float32(2.0 * order)
            passed = np.where(np.isinf(power), 1.0, power / (1.0 + power))
        waves[rows] *= gain_low + (gain_high - gain_low) * passed


def _relit(colors, logs):
    made = np.empty_like(colors)
    most = math.log(1.0 / BLACK)
    for rows in strips(colors.shape):
        light = to_light(colors[rows])
        old = np.maximum(light @ LUMA, BLACK)
        factor = np.exp(np.clip(logs[rows], -2.0 * most, most)) / old
        made[rows] = to_levels(light * factor[..., None])
    return made
