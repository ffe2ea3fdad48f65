import cv2
import numpy as np

from keras_productgen.data.degradation.light import from_linear
from keras_productgen.data.degradation.light import to_linear
from keras_productgen.editing.classical import methods
from keras_productgen.editing.classical.denoise import non_local_means
from keras_productgen.layers.white_point import MOST
from keras_productgen.layers.white_point import SHARE
from keras_productgen.layers.white_point import WHITE

TARGET = 0.48


def low_light(picture, method="white-point"):
    """Brightens a picture that got too little light.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. One that is light
            enough stays as it is.
        method: str. `"white-point"` multiplies linear light, so that the
            lightest half percent of the pixels are at 240;
            `"white-point-denoised"` then takes away noise by non-local means;
            `"gamma"` raises all values to one power, so that their mean is
            48 % of white; `"clahe"` then spreads the lightness L* of each of
            2 x 2 parts of the picture, with limited contrast
            (`cv2.createCLAHE`).

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Zuiderveld, 1994](https://doi.org/10.1016/B978-0-12-336156-1.50061-6)
    """
    return methods.applied(methods.chosen(method, METHODS), picture)


def white_point(colors):
    light = to_linear(colors)
    lightest = np.quantile(light.max(-1), 1.0 - SHARE)
    gain = to_linear(np.float32(WHITE)) / max(lightest, 1e-6)
    return from_linear(light * np.float32(np.clip(gain, 1.0, MOST)))


def white_point_denoised(colors):
    return non_local_means(white_point(colors).astype("float32"))


def gamma(colors):
    scaled = np.clip(colors / np.float32(255.0), 0.0, 1.0)
    low, high = 0.1, 1.0
    # The mean falls with the power.
    for _ in range(12):
        power = (low + high) / 2.0
        if (scaled ** np.float32(power)).mean() < TARGET:
            high = power
        else:
            low = power
    return np.float32(255.0) * scaled ** np.float32(high)


def clahe(colors):
    if colors.mean() >= 255.0 * TARGET:
        return colors
    levels = methods.as_levels(gamma(colors))
    lab = cv2.cvtColor(levels, cv2.COLOR_RGB2LAB)
    equalizer = cv2.createCLAHE(1.0, (2, 2))
    lab[..., 0] = equalizer.apply(np.ascontiguousarray(lab[..., 0]))
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB).astype("float32")


METHODS = {
    "white-point": white_point,
    "white-point-denoised": white_point_denoised,
    "gamma": gamma,
    "clahe": clahe,
}
