"""Whether a picture carries a mark, and which number."""

import dataclasses
import math

import numpy as np
import scipy.special

from keras_productgen.images import kinds
from keras_productgen.publishing.watermark import chips
from keras_productgen.publishing.watermark import cropping
from keras_productgen.publishing.watermark import embed
from keras_productgen.publishing.watermark import payload as payloads
from keras_productgen.publishing.watermark import spectrum

# How probable it may be, at most, that the pilots of a picture without the mark
# pass. The check of 16 bits then lets through one of 65,536: 1.5e-8 in all.
FALSE_POSITIVES = 1e-3


@dataclasses.dataclass(frozen=True)
class Detection:
    """What was found in a picture.

    Args:
        present: bool, whether a mark of the key is there, and its check holds.
        payload: int, the number, or None.
        score: float, of the pilots, in deviations of what a picture without
            this mark has.
        threshold: float, the score from which on it counts.
        probability: float, an upper bound of how probable such a find is in a
            picture without this mark: that of the score, times the ways that
            were tried, times that of the check.
        cropped: optional tuple of the share of height and width that is left,
            and the rows and columns, as shares, that are missing above and
            left.
    """

    present: bool
    payload: int | None
    score: float
    threshold: float
    probability: float
    cropped: tuple | None = None


def detect(picture, key, search_crops=True):
    """Looks for the mark of a key; the original is not needed.

    Args:
        picture: as of `embed`.
        key: str, the key it was embedded with.
        search_crops: bool, whether to try, where nothing is found, if up to
            15 % of height and width were cut off, which takes a second or two.

    Returns:
        `Detection`.

    Raises:
        ValueError: if picture or key are not as said.
    """
    picture = kinds.checked_picture(picture)
    embed.check_key(key)
    colors = picture if picture.ndim == 2 else picture[..., :3]
    grey = embed.to_grey(colors)
    layout = chips.of_key(key)
    plain = _judge(spectrum.whitened(spectrum.square(grey)), layout, tried=1)
    if plain.present or not search_crops:
        return plain
    best = plain
    for frame, tried in cropping.candidates(grey, layout):
        found = _judge(frame.values, layout, tried)
        found = dataclasses.replace(found, cropped=frame.crop)
        if found.present:
            return found
        best = max(best, found, key=lambda one: one.score - one.threshold)
    return dataclasses.replace(best, cropped=None)


def _judge(values, layout, tried):
    carried = spectrum.carried(values, layout)
    pilots = layout.bits < 0
    score = _score(carried[pilots])
    bits = np.bincount(
        layout.bits[~pilots],
        weights=carried[~pilots],
        minlength=payloads.NUM_CODED,
    )
    number, right = payloads.decode(bits)
    threshold = -float(scipy.special.ndtri(FALSE_POSITIVES / tried))
    chance = float(scipy.special.ndtr(-score)) * tried
    present = bool(score >= threshold and right)
    return Detection(
        present,
        number if present else None,
        score,
        threshold,
        min(1.0, chance * (2.0**-payloads.NUM_CHECK if right else 1.0)),
    )


def _score(values):
    """Sum over its deviation under signs that are drawn at random.

    The signs of a key are independent of a picture that does not carry it:
    given its values, the sum has mean 0 and this deviation exactly, and over
    thousands of values is normal.
    """
    total = math.sqrt(float((values * values).sum()))
    return float(values.sum()) / total if total > 0 else 0.0
