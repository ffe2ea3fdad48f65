"""The gate's own scores of a photo, its matte, and the finished picture."""

import cv2
import numpy as np
from keras import ops

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.data.cleaning import measures
from keras_productgen.pipeline.quality_gate.candidate import as_candidate
from keras_productgen.pipeline.quality_gate.candidate import small_of


def sharpness(made):
    """How steep the sharpest edges are, 0-0.5; `measures.sharpness`."""
    grey = cv2.cvtColor(as_candidate(made).window, cv2.COLOR_RGB2GRAY)
    return measures.sharpness(grey)


def blur(made):
    """How blurred a network finds it, 0-1; `metrics.learned_quality`."""
    return as_candidate(made).quality.blur


def noise(made):
    """How noisy that network finds it, 0-1."""
    return as_candidate(made).quality.noise


def jpeg(made):
    """How much that network finds it compressed, 0-1."""
    return as_candidate(made).quality.jpeg


def lightness(made):
    """The level of the lightest half percent, by their lightest channel.

    Some light falls on something in every photo that has enough.
    """
    small = small_of(as_candidate(made).photo)
    return float(np.percentile(small.max(-1), 99.5))


def clipped(made):
    """Share of pure white or black that no background explains."""
    return measures.clipped_share(small_of(as_candidate(made).photo))


def matte_confidence(made):
    """What the matte's own method thinks of it, 0-1."""
    return as_candidate(made).confidence


def astray(made):
    """`Separation.astray` of the matte."""
    found = as_candidate(made).separation
    return None if found is None else found.astray


def mixed(made):
    """`Separation.mixed` of the matte."""
    found = as_candidate(made).separation
    return None if found is None else found.mixed


def overlap(made):
    """`Separation.overlap` of the matte."""
    found = as_candidate(made).separation
    return None if found is None else found.overlap


def broken_rules(made):
    """How many rules of its marketplace the finished picture breaks."""
    fixed = as_candidate(made).fixed
    return None if fixed is None else len(fixed.after.failed)


SCORES = {
    "sharpness": sharpness,
    "blur": blur,
    "noise": noise,
    "jpeg": jpeg,
    "lightness": lightness,
    "clipped": clipped,
    "matte_confidence": matte_confidence,
    "astray": astray,
    "mixed": mixed,
    "overlap": overlap,
    "broken_rules": broken_rules,
}


def rules_score(profile):
    """Returns a score: how many rules of a marketplace a picture breaks.

    Args:
        profile: as of `publishing.check`.
    """
    profile = publishing.profile(profile)
    return lambda picture: len(publishing.check(picture, profile).failed)


def discriminator_score(model):
    """Returns a score: how real the discriminator of a GAN finds a picture.

    Args:
        model: an adversarial model without conditions, such as `DCGAN`.

    Returns:
        Function of a uint8 RGB picture, which is brought to the model's size,
        to the mean of the logits: above 0 is rather real than not, where the
        loss of the model says so.

    Raises:
        ValueError: if the model has no discriminator, or takes conditions.
    """
    takes = [
        getattr(model, n, None) for n in ("categories", "vectors", "labels")
    ]
    if not hasattr(model, "discriminator") or any(takes):
        raise ValueError(
            "`model` must have a discriminator and no conditions. "
            f"Received: model={model}"
        )
    low, high = model.value_range

    def logit(picture):
        small = images.resize(picture, model.image_size, "stretch")
        values = low + small[None] * np.float32((high - low) / 255.0)
        seen = model.to_network(ops.convert_to_tensor(values))
        logits = model.logits(seen, {}, training=False)
        return float(np.mean(ops.convert_to_numpy(logits)))

    return logit
