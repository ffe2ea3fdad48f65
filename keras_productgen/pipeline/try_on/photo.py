"""The product or the person of a photo, or by name why there is none."""

import dataclasses

import cv2
import numpy as np

from keras_productgen.editing.checks import checked_mask
from keras_productgen.editing.matte.find_matte import find_matte
from keras_productgen.images import kinds
from keras_productgen.pipeline import product_verdicts
from keras_productgen.pipeline.product_verdicts import GIVEN
from keras_productgen.pipeline.product_verdicts import OWN
from keras_productgen.pipeline.product_verdicts import Refusal

# Below, the outline that a matte's method found is not relied upon for points.
TRUSTED = 0.8


@dataclasses.dataclass(frozen=True)
class Found:
    """What a photo shows.

    Args:
        picture: uint8 `(height, width, 3)`.
        alpha: float32 `(height, width)` in `[0, 1]`, how much of each pixel it
            covers; empty where nothing was looked for.
        refusals: tuple of `product_verdicts.Refusal`, why it cannot be used.
        method: str, what found it.
        confidence: float in `[0, 1]`.
    """

    picture: np.ndarray
    alpha: np.ndarray
    refusals: tuple
    method: str = ""
    confidence: float = 0.0

    @property
    def mask(self):
        """bool `(height, width)`, where at least half is covered."""
        return self.alpha >= 0.5


def find(picture, mask=None, may_touch=(), name="picture"):
    """Looks for the one thing that a photo shows.

    Args:
        picture: uint8 array, grey, RGB or RGBA. Where some of it is
            transparent, that is its matte.
        mask: optional array of its height and width: bool, uint8 0-255 or
            floats in `[0, 1]`.
        may_touch: names out of `product_verdicts.SIDES` of the frame, where
            it may end.
        name: str, what messages call the picture.

    Returns:
        `Found`.

    Raises:
        ValueError: if the picture is no such array, or the mask does not fit.
    """
    picture = kinds.checked_picture(picture, name)
    size = picture.shape[:2]
    if mask is not None:
        mask = checked_mask(mask, size, f"{name}_mask")
    colors, _ = kinds.split(picture)
    refusals = product_verdicts.refusals_of_photo(picture)
    if refusals:
        return Found(colors, np.zeros(size, "float32"), tuple(refusals))
    alpha, method, confidence = _matte(picture, colors, mask)
    refusals = product_verdicts.refusals_of_matte(
        alpha >= 0.5, colors, method, may_touch=may_touch
    )
    if not refusals and confidence < TRUSTED:
        measured, wanted = f"{confidence:.0%} sure", f"at least {TRUSTED:.0%}"
        refusals = [Refusal(product_verdicts.UNTRUSTED, measured, wanted)]
    return Found(
        colors,
        _without_dust(alpha),
        tuple(refusals),
        method,
        float(confidence),
    )


def _matte(picture, colors, mask):
    if mask is not None:
        return mask, GIVEN, 1.0
    own = product_verdicts.own_alpha(picture)
    if own is not None:
        return own.astype("float32") / 255.0, OWN, 1.0
    found = find_matte(colors)
    alpha = found.alpha.astype("float32") / 255.0
    return alpha, found.method, found.confidence


def _without_dust(alpha):
    """The alpha of the largest part, and of what is joined to it."""
    _, labels, facts, _ = cv2.connectedComponentsWithStats(
        (alpha > 0.05).astype("uint8")
    )
    if len(facts) < 2:
        return alpha
    largest = 1 + facts[1:, cv2.CC_STAT_AREA].argmax()
    return np.where(labels == largest, alpha, 0.0).astype("float32")
