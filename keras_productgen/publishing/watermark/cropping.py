"""Where the mark lies, if a part of the picture was cut off."""

import dataclasses

import numpy as np
import scipy.fft

from keras_productgen.publishing.watermark import chips
from keras_productgen.publishing.watermark import embed
from keras_productgen.publishing.watermark import spectrum

# Shares of a side that may be left, in steps small enough to be met.
LEFT = np.arange(1.0, 0.845, -0.01)
# Shifts are looked for in squares of this side.
SIDE = 256
# Of all shares, so many are looked at closer.
CANDIDATES, APART = 6, 0.015


@dataclasses.dataclass(frozen=True)
class Frame:
    """A picture laid where it may have been cut from.

    Args:
        values: float32 array `(512, 512)`, 0 where nothing is known.
        crop: tuple of floats: height and width left, rows and columns missing
            above and left, as shares.
    """

    values: np.ndarray
    crop: tuple


def candidates(grey, layout):
    """Yields `(Frame, tried)`: likely crops, and how many were tried in all.

    For each share of height and width that may be left, all shifts are compared
    at once, by the correlation of Fourier transforms with the pilots' wave.

    Args:
        grey: float32 array `(height, width)`.
        layout: `chips.Chips`.
    """
    wave = scipy.fft.rfft2(_pilot_wave(layout, SIDE))
    found, tried = [], 0
    for down in LEFT:
        for across in LEFT:
            size = round(SIDE * down), round(SIDE * across)
            surface = _correlation(grey, size, wave)
            tried += surface.size
            place = np.unravel_index(surface.argmax(), surface.shape)
            found.append((surface[place], down, across, place))
    found.sort(key=lambda row: -row[0])
    # Each is looked at at twice the resolution, and a little around.
    tried += CANDIDATES * 5 * 5 * 9
    for _, down, across, place in _apart(found):
        yield _refined(grey, layout, (down, across), place), tried


def _apart(found):
    """The likeliest, further from each other than a closer look reaches."""
    chosen = []
    for row in found:
        near = [
            abs(row[1] - other[1]) < APART and abs(row[2] - other[2]) < APART
            for other in chosen
        ]
        if not any(near):
            chosen.append(row)
        if len(chosen) == CANDIDATES:
            break
    return chosen


def _pilot_wave(layout, side):
    signs = np.where(layout.bits < 0, layout.signs, 0.0)
    return embed.pattern(layout, signs.astype("float32"), (side, side))


def _correlation(grey, size, wave):
    """Correlation with the wave for all shifts that leave it in the square."""
    canvas = np.zeros((SIDE, SIDE), "float32")
    small = spectrum.whitened(spectrum.scaled(grey, size))
    canvas[: size[0], : size[1]] = small
    surface = scipy.fft.irfft2(
        np.conj(scipy.fft.rfft2(canvas)) * wave, (SIDE, SIDE)
    )
    surface /= np.linalg.norm(small) + 1e-6
    return surface[: SIDE - size[0] + 1, : SIDE - size[1] + 1]


def _refined(grey, layout, left, place):
    """The best frame near a candidate, at the full resolution of the mark."""
    wave = _pilot_wave(layout, chips.SIDE)
    best, best_score = None, -np.inf
    for down in left[0] + np.linspace(-0.01, 0.01, 5):
        for across in left[1] + np.linspace(-0.01, 0.01, 5):
            size = [
                min(chips.SIDE, round(chips.SIDE * share))
                for share in (down, across)
            ]
            small = spectrum.whitened(spectrum.scaled(grey, tuple(size)))
            for y, x in _near(place, size):
                part = wave[y : y + size[0], x : x + size[1]]
                score = float((part * small).sum())
                score /= float(np.linalg.norm(small)) + 1e-6
                if score > best_score:
                    best_score, best = score, (small, size, y, x)
    small, size, y, x = best
    values = np.zeros((chips.SIDE, chips.SIDE), "float32")
    values[y : y + size[0], x : x + size[1]] = small
    shares = [value / chips.SIDE for value in (*size, y, x)]
    return Frame(values, tuple(shares))


def _near(place, size):
    for y in range(2 * place[0] - 1, 2 * place[0] + 2):
        for x in range(2 * place[1] - 1, 2 * place[1] + 2):
            y_fits = 0 <= y <= chips.SIDE - size[0]
            if y_fits and 0 <= x <= chips.SIDE - size[1]:
                yield y, x
