"""Classical styles: filters, which know nothing of what a picture shows."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.product_mask import check_image
from keras_productgen.images.kinds import through_colors

# Rows give red, green and blue: the common sepia, half of it.
_SEPIA = np.float32(
    [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]
)
_RETRO = 0.5 * np.eye(3, dtype="float32") + 0.5 * _SEPIA
# What faded film makes of black and white.
_FADED = 28.0, 236.0
_GRAIN = 3.0
_TONES = 9
# Of each season: how far lightness goes towards white, a factor of the chroma,
# and what is added to a* and b*.
_SEASONS = {
    "spring": (0.10, 0.95, -4.0, 7.0),
    "summer": (0.04, 1.25, 1.0, 9.0),
    "autumn": (-0.07, 1.0, 8.0, 16.0),
    "winter": (0.06, 0.7, -2.0, -11.0),
}


def stylize(image, style):
    """Gives a picture one of the styles.

    `"retro"` is faded film: sepia, weak contrast, grain, dark corners.
    `"cartoon"` smooths surfaces, keeps few tones and draws edges dark.
    `"spring"`, `"summer"`, `"autumn"` and `"winter"` are the light of a season:
    fresh, vivid, golden, pale and blue. All are filters of the whole picture,
    the same for every picture, and no drawing: on small pictures and fine
    patterns `"cartoon"` draws noise.

    Args:
        image: uint8 `(height, width, 3)`, RGB, or 4 with an alpha channel,
            which stays.
        style: one of `STYLES`.

    Returns:
        uint8 array of the shape of `image`.

    Raises:
        ValueError: if the picture is of another kind, or there is no such
            style.
    """
    image = check_image(image)
    if style not in STYLES:
        raise ValueError(
            f"`style` must be one of {tuple(STYLES)}. Received: style={style!r}"
        )
    return through_colors(STYLES[style], image)


def _retro(image):
    height, width = image.shape[:2]
    toned = image.astype("float32") @ _RETRO.T
    low, high = _FADED
    faded = low + np.minimum(toned, 255.0) * ((high - low) / 255.0)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    corners = 1.0 - 0.18 * np.clip(x * x + y * y - 0.6, 0.0, 1.4)
    grain = np.random.default_rng(0).normal(0.0, _GRAIN, (height, width, 1))
    return faded * corners[..., None] + grain


def _cartoon(image):
    smooth = image
    for _ in range(3):
        smooth = cv2.bilateralFilter(smooth, 7, 30.0, 7.0)
    lab = cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB).astype("float32")
    step = 255.0 / (_TONES - 1)
    lab[..., 0] = np.round(lab[..., 0] / step) * step
    flat = cv2.cvtColor(images.to_uint8(lab), cv2.COLOR_LAB2RGB)
    grey = cv2.cvtColor(smooth, cv2.COLOR_RGB2GRAY)
    edges = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), "uint8"))
    ink = np.clip((edges.astype("float32") - 24.0) / 40.0, 0.0, 1.0)
    ink = cv2.GaussianBlur(ink, (0, 0), 0.6)
    return flat * (1.0 - 0.85 * ink[..., None])


def _season(whiter, chroma, *shift):
    def graded(image):
        lab = cv2.cvtColor(image.astype("float32") / 255.0, cv2.COLOR_RGB2LAB)
        lightness = lab[..., :1]
        lightness = lightness + whiter * (100.0 - lightness)
        colors = lab[..., 1:] * chroma + np.float32(shift)
        lab = np.concatenate([np.maximum(lightness, 0.0), colors], axis=-1)
        return cv2.cvtColor(lab.astype("float32"), cv2.COLOR_LAB2RGB) * 255.0

    return graded


STYLES = {
    "retro": _retro,
    "cartoon": _cartoon,
    **{name: _season(*values) for name, values in _SEASONS.items()},
}
