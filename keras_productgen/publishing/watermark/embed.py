"""A mark that is not seen, spread over a picture's middle frequencies."""

import cv2
import numpy as np
import scipy.fft

from keras_productgen.images import kinds
from keras_productgen.publishing.watermark import chips
from keras_productgen.publishing.watermark import payload as payloads
from keras_productgen.publishing.watermark import spectrum

LEAST_SIDE = 128
# How much less of it lies on flat parts than on textured ones.
FLAT, TEXTURED = 0.35, 12.0
# Pure white and black stay so, for shops that ask for white backgrounds.
WHITE, BLACK = 253, 2
# Transparent parts are lost where the picture is laid on a background.
VISIBLE = 8
# Distances that are tried, in dB, and what is enough for the least group.
DISTANCES, HEARD = (50.0, 46.0, 44.0, 42.0, 40.5), 3.0
# How often, and how far, the loudness of bits is balanced.
ROUNDS, STEP = 8, 0.2


def embed(picture, payload, key, psnr=None):
    """Hides a number in a picture, to be found without the original.

    ```python
    marked = kpg.publishing.watermark.embed(picture, 0xCAFE, key="secret")
    found = kpg.publishing.watermark.detect(marked, key="secret")
    found.present, found.payload
    ```

    The number is coded (CRC-16, Golay code), each coded bit spread over many
    frequencies of the cosine transform of the picture scaled to a square, with
    signs that the key gives. It outlives resizing, JPEG and small crops, not
    turning, mirroring, or those who set out to remove it.

    Args:
        picture: uint8 array `(height, width)` or `(height, width, channels)` of
            1, 3 or 4 channels, no side below 128 pixels.
        payload: int of 32 bits.
        key: str, which finds it again.
        psnr: optional float, in dB, how near the result is to the picture;
            higher is less visible and sooner lost. By default the highest of
            50, 46, 44, 42 and 40.5 at which the mark is heard well.

    Returns:
        uint8 array of the same shape. Pure white and pure black areas and
        transparency stay as they are.

    Raises:
        ValueError: if an argument is none of these, or nothing of the picture
            can carry a mark.

    Reference:
    - [Cox et al., 1997](https://doi.org/10.1109/83.650120)
    """
    picture = kinds.checked_picture(picture)
    check_key(key)
    check_size(picture)
    _check_visible(picture)
    if psnr is not None and not 30.0 <= psnr <= 60.0:
        raise ValueError(
            f"`psnr` must be from 30 to 60 dB. Received: psnr={psnr}"
        )
    layout = chips.of_key(key)
    coded = payloads.encode(payload)
    opened = picture[..., None] if picture.ndim == 2 else picture
    colors = opened[..., :3]
    made = opened.copy()
    for distance in DISTANCES if psnr is None else [psnr]:
        marked, heard = _balanced(colors, layout, coded, distance)
        if heard >= HEARD:
            break
    made[..., :3] = marked
    return made.reshape(picture.shape)


def _balanced(colors, layout, coded, psnr):
    """The marked picture, bits that its contents drown said louder.

    And how surely the group is heard that is heard least.
    """
    grey = to_grey(colors)
    signs, strength = layout.modulated(coded), _strength(grey)
    loudness = np.ones(layout.groups.max() + 1)
    best, best_heard = None, -np.inf
    for _ in range(ROUNDS):
        chosen = signs * loudness[layout.groups].astype("float32")
        wave = pattern(layout, chosen, grey.shape) * strength
        marked = _at_distance(colors, wave[..., None], psnr)
        heard = _heard(marked, layout, coded)
        if heard.min() > best_heard:
            best, best_heard = marked, heard.min()
        loudness *= np.exp(STEP * (heard.mean() - heard))
        loudness = np.clip(loudness / loudness.mean(), 0.2, 5.0)
    return best, best_heard


def _heard(marked, layout, coded):
    """How surely each group of chips is heard, in deviations."""
    values = spectrum.whitened(spectrum.square(to_grey(marked)))
    carried = spectrum.carried(values, layout)
    carried = carried * layout.modulated(coded) * layout.signs
    total = np.bincount(layout.groups, weights=carried)
    power = np.bincount(layout.groups, weights=carried * carried)
    return total / np.sqrt(np.maximum(power, 1e-9))


def to_grey(colors):
    """float32 `(height, width)`, the mean of the channels."""
    colors = colors.astype("float32")
    return colors if colors.ndim == 2 else colors.mean(axis=-1)


def pattern(layout, signs, size):
    """The wave of some signs, float32 of a size, of deviation 1."""
    spectrum = np.zeros((chips.SIDE, chips.SIDE), "float32")
    spectrum[layout.rows, layout.columns] = signs
    wave = scipy.fft.idctn(spectrum, norm="ortho")
    wave /= wave.std()
    return cv2.resize(wave, size[::-1], interpolation=cv2.INTER_CUBIC)


def _strength(grey):
    """How much each pixel can carry: texture hides more than flat parts."""
    size = (7, 7)
    mean = cv2.blur(grey, size)
    deviation = np.sqrt(np.maximum(cv2.blur(grey * grey, size) - mean**2, 0.0))
    # Beside a lone edge there is no texture that hides anything.
    deviation = cv2.erode(deviation, np.ones((9, 9), "uint8"))
    deviation = cv2.blur(deviation, size)
    strength = FLAT + np.minimum(deviation / TEXTURED, 1.0)
    ends = ((grey >= WHITE) | (grey <= BLACK)).astype("uint8")
    whole = cv2.erode(ends, np.ones((5, 5), "uint8"))
    return np.where(whole > 0, 0.0, strength).astype("float32")


def _at_distance(colors, wave, psnr):
    """The picture plus the wave, as strong as the distance allows."""
    wanted = 255.0 / 10.0 ** (psnr / 20.0)
    if not np.any(wave):
        raise ValueError(
            "The picture must have parts that are neither pure white nor pure "
            "black. Received: none"
        )
    strength = wanted / np.sqrt(np.mean(wave**2))
    # What is clipped at white and black is missing from the distance.
    for _ in range(4):
        marked = np.clip(np.rint(colors + strength * wave), 0, 255)
        distance = np.sqrt(np.mean((marked - colors) ** 2))
        strength *= min(2.0, wanted / max(distance, 1e-3))
    return marked.astype("uint8")


def _check_visible(picture):
    if picture.shape[2:] == (4,) and not (picture[..., 3] > VISIBLE).any():
        raise ValueError(
            "The picture must not be fully transparent, for no mark would be "
            "found in it. Received: no visible pixel"
        )


def check_key(key):
    if not isinstance(key, str) or not key:
        raise ValueError(f"`key` must be a str. Received: key={key!r}")


def check_size(picture):
    if min(picture.shape[:2]) < LEAST_SIDE:
        raise ValueError(
            f"Each side of the picture must have at least {LEAST_SIDE} pixels. "
            f"Received: picture.shape={picture.shape}"
        )
