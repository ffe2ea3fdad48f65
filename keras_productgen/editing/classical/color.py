import numpy as np

from keras_productgen.data.degradation.light import from_linear
from keras_productgen.data.degradation.light import to_linear
from keras_productgen.editing.classical import methods
from keras_productgen.editing.classical.low_light import WHITE

LUMA = np.array([0.2126, 0.7152, 0.0722], "float32")
# Part of the cast that is taken away: colours of the product are no cast.
SHARE = 0.8
# Light is warmer or colder, not pink or green: logarithms of the gains of red
# and blue lie on a line, no farther out than a bulb.
WARM_TO_COLD = np.array([-0.62, 0.79])
WARM_TO_COLD /= np.linalg.norm(WARM_TO_COLD)
FARTHEST = 0.76


def color(picture, method="shades-of-grey"):
    """Takes away the colour of the light.

    Red and blue of linear light are multiplied by a number each, which brings
    a mean of the picture four fifths of the way to grey, as far as light that
    is too warm or too cold can be the cause: a red wall stays red.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. Grey pictures stay
            as they are.
        method: str, which mean. `"grey-world"`: the mean; `"shades-of-grey"`:
            the 10-norm, in which light pixels count more; `"white-patch"`: the
            lightest half percent of each channel; `"auto-tone"`: as
            `"shades-of-grey"`, and then light for all channels alike, so that
            the lightest half percent of the pixels are at 240.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Finlayson and Trezzi, 2004](https://doi.org/10.2352/CIC.2004.12.1.art00008)
    - [van de Weijer et al., 2007](https://doi.org/10.1109/TIP.2007.901808)
    """
    return methods.applied(methods.chosen(method, METHODS), picture)


def grey_world(colors):
    return _balanced(to_linear(colors), lambda light: light.mean(0))


def shades_of_grey(colors):
    return _balanced(to_linear(colors), _tenth_norm)


def white_patch(colors):
    return _balanced(
        to_linear(colors), lambda light: np.percentile(light, 99.5, axis=0)
    )


def auto_tone(colors):
    light = to_linear(shades_of_grey(colors))
    lightest = np.percentile(light.max(-1), 99.5)
    gain = to_linear(np.float32(WHITE)) / max(lightest, 1e-6)
    return from_linear(light * np.float32(np.clip(gain, 0.5, 2.0)))


def _tenth_norm(light):
    return (light**10).mean(0, dtype="float64") ** 0.1


def _balanced(light, norm):
    red, green, blue = np.asarray(norm(light.reshape(-1, 3)), "float64")
    if not min(red, green, blue) > 0.0:
        return from_linear(light)
    logs = np.log([green / red, green / blue])
    warmth = np.clip(SHARE * logs @ WARM_TO_COLD, -FARTHEST, FARTHEST)
    to_red, to_blue = np.exp(warmth * WARM_TO_COLD)
    gains = np.array([to_red, 1.0, to_blue])
    gains /= gains @ LUMA
    return from_linear(light * gains.astype("float32"))


METHODS = {
    "shades-of-grey": shades_of_grey,
    "grey-world": grey_world,
    "white-patch": white_patch,
    "auto-tone": auto_tone,
}
