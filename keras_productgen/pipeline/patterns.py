"""Patterns by a translating model, at the size of the photo."""

import cv2
import numpy as np

from keras_productgen import editing
from keras_productgen import images
from keras_productgen.conditions.rows import as_rows
from keras_productgen.images.kinds import split
from keras_productgen.models.networks import weights_digest


def with_patterns(model, photo, mask, values):
    """Returns the photo with each of the patterns.

    The model sees the photo at its own size; what it changed is brought back
    and added within the mask, so that the photo keeps its finer detail.

    Args:
        model: has `image_size`, `value_range` and `translate`, as `StarGAN`.
        photo: uint8 `(height, width, 3)`, or 4 with an alpha channel, which
            stays; the model sees it on white.
        mask: float32 `(height, width)`.
        values: list of values of the model's condition `"pattern"`.

    Returns:
        List of uint8 arrays of the photo's shape.

    Raises:
        ValueError: if the model makes NaN or infinity.
    """
    height, width = photo.shape[:2]
    side = max(height, width)
    colors, alpha = split(photo)
    scaled = _scaled(model, shown_to(model, photo))
    batch = np.stack([scaled] * len(values))
    made = np.asarray(model.translate(batch, {"pattern": list(values)}))
    if not np.isfinite(made).all():
        raise ValueError(
            "`model` must make finite numbers. Received: NaN or infinity from "
            f"{type(model).__name__}.translate"
        )
    low, high = model.value_range
    changes = (made - scaled) * (255.0 / (high - low))
    results = []
    for change in changes.astype("float32"):
        large = cv2.resize(change, (side, side), interpolation=cv2.INTER_CUBIC)
        added = mask[..., None] * large[:height, :width]
        result = images.to_uint8(colors + added)
        results.append(result if alpha is None else np.dstack([result, alpha]))
    return results


def shown_to(model, picture):
    """A picture as a model sees it: square, of its size, on white, uint8."""
    height, width = picture.shape[:2]
    side = max(height, width)
    margins = (0, side - height), (0, side - width), (0, 0)
    shown = editing.composite(picture, (255, 255, 255))
    square = np.pad(shown, margins, mode="edge")
    return images.resize(square, model.image_size, "stretch")


def seen_by(model, pictures):
    """Ids of the patterns that a model reads from uint8 pictures."""
    return np.asarray(model.read(_scaled(model, pictures))["pattern"])


def check_patterns(patterns, model):
    """Refuses patterns that no model can make; returns a dict of them."""
    if not patterns:
        return {}
    if isinstance(patterns, str):
        patterns = [patterns]
    if not isinstance(patterns, dict):
        patterns = {str(pattern): pattern for pattern in patterns}
    needed = ("translate", "image_size", "value_range")
    if model is None or not all(hasattr(model, name) for name in needed):
        raise ValueError(
            "`patterns` need a `model` that translates pictures, such as a "
            "trained StarGAN with the condition 'pattern'. "
            f"Received: patterns={list(patterns)}, model={model}"
        )
    known = getattr(model, "categories", {"pattern": None})
    if "pattern" not in known:
        raise ValueError(
            "`model` must have the condition 'pattern'. "
            f"Received: a model with {sorted(known)}"
        )
    pattern_ids(list(patterns.values()), model)
    return patterns


def pattern_ids(values, model):
    """Ids of values of a model's `"pattern"`, int array.

    Raises:
        ValueError: if the model does not know one.
    """
    known = getattr(model, "categories", {}).get("pattern")
    if known is None:  # A model that does not say what it knows.
        return np.asarray(values)
    kinds = {"pattern": known}, {}, {}
    return as_rows({"pattern": values}, len(values), *kinds)["pattern"]


def describe_model(model):
    """Which model it is, by the hash of its weights."""
    digest = weights_digest(model)[:12]
    return {"class": type(model).__name__, "sha256": digest}


def _scaled(model, pictures):
    low, high = model.value_range
    return pictures.astype("float32") * ((high - low) / 255.0) + low
