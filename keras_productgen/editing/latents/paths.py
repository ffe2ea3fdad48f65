"""Pictures on the way from one latent to another."""

import numpy as np

from keras_productgen.editing.latents.codes import are_styles
from keras_productgen.editing.latents.codes import codes_of
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.codes import in_rows
from keras_productgen.editing.latents.codes import pictures_of
from keras_productgen.editing.latents.codes import rows_of_conditions
from keras_productgen.editing.latents.codes import styles_of
from keras_productgen.metrics.perceptual_path_length import slerp as arc

METHODS = ("slerp", "linear")


def interpolate(
    model,
    latents_or_seeds,
    steps=8,
    conditions=None,
    method="slerp",
    batch_size=64,
):
    """Pictures on the way through two or more latents, and conditions.

    Vectors and labels go from one stop to the next in a straight line. A
    network takes a category whole, so that it must be the same at all stops;
    only StyleGAN2 with `method="linear"` also mixes categories, as styles.

    Args:
        model: `keras_productgen.models.AdversarialModel`.
        latents_or_seeds: the stops: list of ints, each for the first picture of
            that seed; or latents `(num_stops, latent_dim)`; or StyleGAN2's
            styles `(num_stops, num_layers, latent_dim)`. `[5, 5]` stays with
            the product while the conditions change.
        steps: int, at least 2, pictures from one stop to the next, both
            included.
        conditions: optional dict, as in `generate`: for each a value for all
            stops, or one value a stop.
        method: `"slerp"` for arcs, along which latents keep the length that the
            generator knows, or `"linear"` for straight lines, with StyleGAN2
            between styles.
        batch_size: int, how many pictures are made at once.

    Returns:
        float32 array `(num_stops - 1, steps, height, width, 3)` with values in
        the model's `value_range`: a row for each leg of the way. What is a stop
        ends one row and begins the next.

    Raises:
        ValueError: if there are fewer than two stops, `steps` is below 2,
            `method` is unknown or does not suit styles, or a category changes
            where it cannot.

    Reference:
    - [White, 2016](https://arxiv.org/abs/1609.04468), slerp
    """
    codes = codes_of(model, latents_or_seeds)
    _check(codes, steps, method)
    if method == "linear" and has_styles(model):
        codes, conditions = styles_of(model, codes, conditions), None
    if are_styles(codes):
        path = in_legs(linear, codes, steps)
        return in_rows(pictures_of(model, path, conditions, batch_size), steps)
    path = in_legs(slerp if method == "slerp" else linear, codes, steps)
    rows = rows_of_conditions(model, conditions, len(codes))
    asked = {
        name: _conditions_between(model, name, values, steps)
        for name, values in rows.items()
    }
    return in_rows(pictures_of(model, path, asked, batch_size), steps)


def slerp(start, end, places):
    """The arc between two directions, while the length changes evenly.

    Args:
        start: array `(..., dim)`.
        end: the same.
        places: float, or array `(..., 1)`, 0 at the start and 1 at the end.

    Returns:
        float64 array `(..., dim)`.

    Reference:
    - [Shoemake, 1985](https://doi.org/10.1145/325165.325242)
    """
    lengths = linear(
        np.linalg.norm(start, axis=-1, keepdims=True),
        np.linalg.norm(end, axis=-1, keepdims=True),
        places,
    )
    return lengths * arc(start, end, places)


def linear(start, end, places):
    """The straight line; the arguments are those of `slerp`."""
    return (1.0 - places) * start + places * end


def in_legs(way, stops, steps):
    """Goes `way` from each stop to the next.

    Args:
        way: `slerp` or `linear`.
        stops: float array `(num_stops, ...)`.
        steps: int, rows from one stop to the next, both included.

    Returns:
        float32 array `((num_stops - 1) * steps, ...)`.
    """
    starts = np.repeat(stops[:-1], steps, axis=0)
    ends = np.repeat(stops[1:], steps, axis=0)
    places = np.tile(np.linspace(0.0, 1.0, steps), len(stops) - 1)
    places = places.reshape(-1, *[1] * (stops.ndim - 1))
    return way(starts, ends, places).astype("float32")


def _conditions_between(model, name, values, steps):
    if name not in model.categories:
        return in_legs(linear, values, steps)
    if np.any(values != values[0]):
        raise ValueError(
            "A category must be the same at all stops, for the network takes "
            "it whole; StyleGAN2 with method='linear' mixes them as styles. "
            f"Received: {name}={values.tolist()}"
        )
    return np.repeat(values[1:], steps)


def _check(codes, steps, method):
    if len(codes) < 2:
        raise ValueError(
            "There must be at least two stops; the same latents twice where "
            f"the conditions alone change. Received: {len(codes)}"
        )
    if steps < 2:
        raise ValueError(f"`steps` must be at least 2. Received: steps={steps}")
    if method not in METHODS:
        raise ValueError(
            f"`method` must be one of {METHODS}. Received: method={method!r}"
        )
    if are_styles(codes) and method == "slerp":
        raise ValueError(
            "Styles lie on no sphere: `method` must be 'linear' with them. "
            f"Received: method={method!r}"
        )
