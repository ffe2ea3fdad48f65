"""Photos that no shop picture can be made of, by name."""

import numpy as np

from keras_productgen import images
from keras_productgen.data.degradation.base import check_choice
from keras_productgen.pipeline.quality_gate import GiveUp
from keras_productgen.pipeline.studio_shot.result import Refusal
from keras_productgen.publishing.rules import composition
from keras_productgen.publishing.rules import finding
from keras_productgen.publishing.rules.subject import Subject

TRANSPARENT = "fully transparent"
TINY, HUGE = "too small", "too large"
NO_PRODUCT, SEVERAL = "no product", "several products"
CUT_OFF, UNTRUSTED = "cut off", "matte not trusted"
CHANGED, FAILED = "product changed", "could not be made"
# What a score of the gate stands for.
NAMES = {
    "sharpness": "too blurred",
    "blur": "too blurred",
    "noise": "too noisy",
    "jpeg": "too compressed",
    "lightness": "too dark",
    "clipped": "overexposed",
    "matte_confidence": UNTRUSTED,
    "astray": UNTRUSTED,
    "mixed": UNTRUSTED,
    "overlap": UNTRUSTED,
    "broken_rules": "against the rules",
}
LEAST_SIDE = 64
# Shares of the picture that are no product: next to nothing, and nearly all.
DUST, ALL = 0.002, 0.985
# Products end so many pixels of 256 before the frame where the method takes the
# rim for backdrop; touching more than this share of a side counts.
RIM, TOUCHING = 3.0, 0.04
# Mean CIEDE2000 that all corrections may add up to.
MOST_CHANGE = 20.0


class Unusable(GiveUp):
    """A photo that no further attempt can make better.

    Args:
        refusals: list of `Refusal`.
    """

    def __init__(self, *refusals):
        super().__init__("; ".join(map(str, refusals)))
        self.refusals = list(refusals)


def check_photo(photo):
    """Raises `Unusable` where size or transparency leave nothing to do.

    Args:
        photo: uint8 array, grey, RGB or RGBA.
    """
    height, width = photo.shape[:2]
    size = f"{width} x {height} pixels"
    if min(height, width) < LEAST_SIDE:
        raise Unusable(Refusal(TINY, size, f"sides of at least {LEAST_SIDE}"))
    if height * width > images.MAX_PIXELS:
        most = f"at most {images.MAX_PIXELS} pixels"
        raise Unusable(Refusal(HUGE, size, most))
    has_alpha = photo.ndim == 3 and photo.shape[-1] == 4
    if has_alpha and not (photo[..., 3] > 8).any():
        most = f"an alpha of at most {photo[..., 3].max()} of 255"
        raise Unusable(Refusal(TRANSPARENT, most, "something to be seen"))


def check_product(photo, alpha, most_products, rim=True):
    """Raises `Unusable` unless there is a whole product, and not too many.

    Args:
        photo: uint8 array `(height, width, 3)`.
        alpha: uint8 array `(height, width)`, its matte.
        most_products: int, separate parts that may be products.
        rim: bool, whether the matte's method takes the rim for backdrop.
    """
    share = float((alpha >= 128).mean())
    if not DUST <= share <= ALL:
        found = f"{share:.1%} of the picture would be product"
        wanted = f"{DUST:.1%} to {ALL:.1%}, before a backdrop"
        raise Unusable(Refusal(NO_PRODUCT, found, wanted))
    subject = Subject(photo, None, alpha >= 128)
    found = [
        (SEVERAL, composition.products(subject, {"most": most_products})),
        (
            CUT_OFF,
            composition.cut_off(_inner(subject, rim), {"most": TOUCHING}),
        ),
    ]
    broken = [
        Refusal(name, each.measured, each.wanted)
        for name, each in found
        if each.status == finding.FAILED
    ]
    if broken:
        raise Unusable(*broken)


def _inner(subject, rim):
    """The subject without the rim that is always backdrop."""
    size = subject.size
    width = int(np.ceil(RIM * max(1.0, max(size) / 256))) if rim else 0
    if width == 0:
        return subject
    inner = slice(width, -width), slice(width, -width)
    return Subject(subject.colors[inner], None, subject.given_mask[inner])


def refusals_of(decision):
    """Returns the `Refusal`s that a gate's `Decision` comes to."""
    if decision.error is not None:
        return [Refusal(FAILED, decision.error, "a picture")]
    return [
        Refusal(
            NAMES.get(reason.score, reason.score),
            f"{reason.score} {reason.measured:.3g}",
            reason.wanted,
        )
        for reason in decision.reasons
    ]


def check_change(proofs):
    """Raises `Unusable` where corrections moved the product's colours far."""
    moved = {name: proof.mean_ciede2000 for name, proof in proofs.items()}
    if sum(moved.values()) > MOST_CHANGE:
        found = ", ".join(f"{k} by CIEDE2000 {v:.1f}" for k, v in moved.items())
        most = f"at most {MOST_CHANGE:g} together, in the mean"
        raise Unusable(Refusal(CHANGED, found, most))


def checked_choice(name, value, words):
    """Refuses a word that is none; anything else is left to the stage."""
    if isinstance(value, str):
        check_choice(name, value, words)
    return value
