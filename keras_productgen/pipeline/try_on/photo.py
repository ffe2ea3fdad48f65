"""The product or the person of a photo, or by name why there is none."""

import dataclasses

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_mask
from keras_productgen.editing.matte.find_matte import find_matte
from keras_productgen.images import kinds
from keras_productgen.publishing.rules.subject import open_subject

# Pixels of the shorter side; less shows nothing.
SMALLEST = 64
# Shares of the picture: less is dust, more is no cut-out at all.
LEAST_COVER, MOST_COVER = 0.01, 0.97
# From this share of the largest part on, another one is a product, too.
LARGE_PART = 0.2
# Of a side of the picture, what a product may touch.
LEAST_TOUCH = 0.015
TRUSTED = 0.8
GIVEN, OWN = "the mask given", "transparency"
SIDES = ("top", "bottom", "left", "right")


@dataclasses.dataclass(frozen=True)
class Found:
    """What a photo shows.

    Args:
        picture: uint8 `(height, width, 3)`.
        alpha: float32 `(height, width)` in `[0, 1]`, how much of each pixel it
            covers; empty where nothing was looked for.
        reasons: tuple of str, why it cannot be used: `"tiny"`, `"huge"`,
            `"transparent"`, `"no_product"`, `"two_products"`, `"cut_off"`,
            `"matte_not_trusted"`.
        method: str, what found it.
        confidence: float in `[0, 1]`.
    """

    picture: np.ndarray
    alpha: np.ndarray
    reasons: tuple
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
        may_touch: names out of `SIDES` of the frame, where it may end.
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
    colors, own = kinds.split(picture)
    nothing = np.zeros(size, "float32")
    if min(size) < SMALLEST:
        return Found(colors, nothing, ("tiny",))
    if size[0] * size[1] > images.MAX_PIXELS:
        return Found(colors, nothing, ("huge",))
    if own is not None and not (own >= 13).any():
        return Found(colors, nothing, ("transparent",))
    alpha, method, confidence = _matte(colors, own, mask)
    if method not in (GIVEN, OWN) and _runs_out(colors, may_touch):
        return Found(colors, alpha, ("cut_off",), method, confidence)
    reasons = _reasons(alpha >= 0.5, may_touch)
    if not reasons and confidence < TRUSTED:
        reasons = ["matte_not_trusted"]
    return Found(
        colors,
        _without_dust(alpha),
        tuple(reasons),
        method,
        float(confidence),
    )


def _matte(colors, own, mask):
    if mask is not None:
        return mask, GIVEN, 1.0
    if own is not None and (own < 128).mean() > 0.005:
        return own.astype("float32") / 255.0, OWN, 1.0
    found = find_matte(colors)
    alpha = found.alpha.astype("float32") / 255.0
    return alpha, found.method, found.confidence


def _reasons(mask, may_touch):
    cover = mask.mean()
    if not LEAST_COVER <= cover <= MOST_COVER:
        return ["no_product"]
    reasons = []
    _, _, facts, _ = cv2.connectedComponentsWithStats(mask.astype("uint8"))
    areas = np.sort(facts[1:, cv2.CC_STAT_AREA])
    if len(areas) > 1 and areas[-2] >= LARGE_PART * areas[-1]:
        reasons.append("two_products")
    if _touches(mask, may_touch):
        reasons.append("cut_off")
    return reasons


def _touches(mask, may_touch):
    """Whether a mask reaches a side of the frame where it may not."""
    rims = mask[0], mask[-1], mask[:, 0], mask[:, -1]
    return any(
        rim.mean() > LEAST_TOUCH
        for side, rim in zip(SIDES, rims)
        if side not in may_touch
    )


def _runs_out(colors, may_touch):
    """Whether something reaches the frame, before a plain backdrop.

    GrabCut takes the rim for backdrop whatever is there.
    """
    product = open_subject(colors).product
    return product.backdrop is not None and _touches(product.main, may_touch)


def _without_dust(alpha):
    """The alpha of the largest part, and of what is joined to it."""
    _, labels, facts, _ = cv2.connectedComponentsWithStats(
        (alpha > 0.05).astype("uint8")
    )
    if len(facts) < 2:
        return alpha
    largest = 1 + facts[1:, cv2.CC_STAT_AREA].argmax()
    return np.where(labels == largest, alpha, 0.0).astype("float32")
