"""Photos that no shop picture can be made of, by name."""

from keras_productgen.data.degradation.base import check_choice
from keras_productgen.pipeline import product_verdicts
from keras_productgen.pipeline.product_verdicts import UNTRUSTED
from keras_productgen.pipeline.product_verdicts import Refusal
from keras_productgen.pipeline.quality_gate import GiveUp
from keras_productgen.pipeline.studio_shot.corrections import MOST_MEAN

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
    refusals = product_verdicts.refusals_of_photo(photo)
    if refusals:
        raise Unusable(*refusals)


def check_product(found, photo, most_products):
    """Raises `Unusable` unless there is a whole product, and not too many.

    Args:
        found: `editing.Matte`.
        photo: uint8 array `(height, width, 3)`, what it is of.
        most_products: int, separate parts that may be products.
    """
    refusals = product_verdicts.refusals_of_matte(
        found.alpha >= 128, photo, found.method, most_products
    )
    if refusals:
        raise Unusable(*refusals)


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
    """Raises `Unusable` where a correction changed the product.

    Args:
        proofs: dict from stages to `Correction` or `ColorsKept`.
    """
    broken = [
        Refusal(CHANGED, f"{stage}: {proof}", proof.wanted)
        for stage, proof in proofs.items()
        if not proof.holds
    ]
    moved = {name: proof.mean_ciede2000 for name, proof in proofs.items()}
    if not broken and sum(moved.values()) > MOST_MEAN:
        found = ", ".join(f"{k} by CIEDE2000 {v:.1f}" for k, v in moved.items())
        most = f"at most {MOST_MEAN:g} together, in the mean"
        broken = [Refusal(CHANGED, found, most)]
    if broken:
        raise Unusable(*broken)


def checked_choice(name, value, words):
    """Refuses a word that is none; anything else is left to the stage."""
    if isinstance(value, str):
        check_choice(name, value, words)
    return value
