"""The sixth stage: what the product throws on its background."""

import numpy as np

from keras_productgen import editing
from keras_productgen.images.kinds import checked_picture
from keras_productgen.pipeline.quality_gate.candidate import small_of
from keras_productgen.pipeline.studio_shot.restoring import name_of
from keras_productgen.pipeline.studio_shot.verdicts import checked_choice
from keras_productgen.publishing.rules import background
from keras_productgen.publishing.rules.finding import PASSED
from keras_productgen.publishing.rules.subject import Subject

LEFT_OUT = "left out"
CONTACT, SOFT, REFLECTION = "contact", "soft", "reflection"
KINDS = (CONTACT, SOFT, REFLECTION)
# Sizes that are tried, where a marketplace wants its background clean.
SIZES = (1.0, 0.6, 0.35)
# Of what need not have the background's colour, this much may be shadow.
FREE = 0.6


def check_shadow(shadow):
    """Raises a `ValueError` if it is neither a kind, a callable nor None."""
    if not (shadow is None or callable(shadow) or isinstance(shadow, str)):
        raise ValueError(
            f"`shadow` must be one of {KINDS}, a function, or None. "
            f"Received: shadow={shadow!r}"
        )
    return (
        shadow if callable(shadow) else checked_choice("shadow", shadow, KINDS)
    )


def shaded(scene, cutout, shadow, rule):
    """Returns `(scene, method, settings)`.

    Args:
        scene: uint8 array `(height, width, 3)`, or 4 channels.
        cutout: uint8 array `(height, width, 4)`.
        shadow: as of `check_shadow`.
        rule: optional dict, what the marketplace asks of the background.
    """
    if shadow is None:
        return scene, LEFT_OUT, {}
    if callable(shadow):
        return _laid(scene, shadow(cutout.copy())), name_of(shadow), {}
    for size in SIZES:
        made = _laid(scene, _thrown(cutout, shadow, size))
        if _clean(made, cutout, rule):
            return made, shadow, {"size": size}
    why = f"{rule['share']:.0%} of the background must have its colour"
    return scene, LEFT_OUT, {"asked": shadow, "why": why}


def _thrown(cutout, kind, size):
    alpha = cutout[..., 3]
    if kind == CONTACT:
        return editing.contact_shadow(alpha, 0.55, 0.07 * size)
    if kind == SOFT:
        offset = 0.03 * size, 0.02 * size
        return editing.soft_shadow(alpha, 0.3, offset, 0.03 * size)
    return editing.reflection(cutout, opacity=0.25, height=0.2 * size)


def _laid(scene, shadow):
    """A darkness, `(height, width)`, or an RGBA layer over a scene."""
    shadow = np.asarray(shadow)
    if shadow.ndim == 2:
        return editing.composite(0, scene, matte=shadow)
    return editing.composite(checked_picture(shadow, "shadow"), scene)


def _clean(scene, cutout, rule):
    """Whether the background still is as a marketplace wants it."""
    if rule is None or rule["level"] != "fail":
        return True
    # JPEG takes some of what the rule leaves free.
    rule = rule | {"share": 1.0 - FREE * (1.0 - rule["share"])}
    scene, alpha = small_of(scene[..., :3]), small_of(cutout[..., 3])
    subject = Subject(scene, None, alpha >= 128)
    return background.background(subject, rule).status == PASSED
