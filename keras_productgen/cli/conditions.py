"""Conditions to show what a model has learned."""

import colorsys

import numpy as np
import typer

from keras_productgen.conditions.rows import num_values

SATURATION = 0.7
VALUE = 0.8
# Conditions that have an option of their own.
OPTIONS = ("category", "color")


def spread_conditions(model, num_images):
    """Returns one row of each condition a picture, spread over the values.

    Args:
        model: `AdversarialModel`; without conditions the answer is None.
        num_images: int.
    """
    conditions = {
        name: np.arange(num_images) % num_values(values)
        for name, values in getattr(model, "categories", {}).items()
    }
    for name, dim in getattr(model, "vectors", {}).items():
        conditions[name] = (
            rainbow(num_images) if dim == 3 else np.full((num_images, dim), 0.5)
        )
    for name, values in getattr(model, "labels", {}).items():
        labels = np.eye(num_values(values), dtype="float32")
        conditions[name] = labels[np.arange(num_images) % len(labels)]
    return conditions or None


def split_labels(model, conditions):
    """Makes lists of labels that were written with commas in between."""
    split = dict(conditions)
    for name in {*getattr(model, "labels", {})} & {*conditions}:
        if isinstance(conditions[name], str):
            words = conditions[name].split(",")
            split[name] = [word.strip() for word in words if word.strip()]
    return split


def check_told(model, conditions):
    """Names the options that are missing, if a model must be told more."""
    names = [
        name
        for kind in ("categories", "vectors", "labels")
        for name in getattr(model, kind, {})
    ]
    missing = [
        f"--{name}" if name in OPTIONS else f"--condition {name}=..."
        for name in names
        if name not in conditions
    ]
    if missing:
        raise typer.BadParameter(
            f"The model must be told {', '.join(missing)}, too."
        )


def rainbow(num_colors):
    """sRGB colours in `[0, 1]` around the circle of hues, `(num_colors, 3)`."""
    hues = np.arange(num_colors) / num_colors
    return np.array(
        [colorsys.hsv_to_rgb(hue, SATURATION, VALUE) for hue in hues]
    )
