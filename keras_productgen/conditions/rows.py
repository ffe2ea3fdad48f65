"""Conditions: what a user asks for, as the rows that networks take."""

import numpy as np

from keras_productgen.conditions.labels import multi_hot
from keras_productgen.conditions.vectors import broadcast
from keras_productgen.conditions.vectors import check_color

# What networks and signatures call other things.
RESERVED = {"latents", "images", "logits", "seed", "index"}


def num_values(values):
    """Number of values of a category, given by number or by their names."""
    return values if isinstance(values, int) else len(values)


def check_any_wanted(categories, vectors, labels):
    """Raises a `ValueError` if there is no condition at all."""
    if not categories and not vectors and not labels:
        raise ValueError(
            "`categories`, `vectors` or `labels` must name at least one "
            f"condition. Received: categories={categories}, vectors={vectors}, "
            f"labels={labels}"
        )


def check_wanted(categories, vectors, labels):
    """Raises a `ValueError` unless a model can be made for the conditions."""
    names = [*categories, *vectors, *labels]
    if len({*names}) < len(names) or RESERVED & {*names}:
        raise ValueError(
            "`categories`, `vectors` and `labels` must name each condition "
            f"once, and none as one of {sorted(RESERVED)}. Received: "
            f"categories={categories}, vectors={vectors}, labels={labels}"
        )
    for name, values in categories.items():
        if num_values(values) < 2 or _repeat(values):
            raise ValueError(
                f"Category {name!r} must have at least two different values. "
                f"Received: categories={categories}"
            )
    for name, values in labels.items():
        if num_values(values) < 1 or _repeat(values):
            raise ValueError(
                f"{name!r} must be labels with different names, one or more. "
                f"Received: labels={labels}"
            )
    for name, dim in vectors.items():
        if not isinstance(dim, int) or dim < 1:
            raise ValueError(
                f"Vector {name!r} must have a number of components above 0. "
                f"Received: vectors={vectors}"
            )


def _repeat(values):
    return not isinstance(values, int) and len({*values}) < len(values)


def as_rows(conditions, num_rows, categories, vectors, labels):
    """Turns what a user writes into one row of each condition a picture.

    Args:
        conditions: dict. For a category an id or a name, or a list of
            `num_rows` of them; for a vector its components, or an array
            `(num_rows, dim)`; for labels a list of their names that all
            pictures get, a list of `num_rows` such lists, or arrays as for a
            vector, with 1 for each label that a picture gets.
        num_rows: int, number of pictures.
        categories: dict from the name of a condition to the list of its
            values' names, or to their number.
        vectors: dict from the name of a condition to its components' number.
        labels: dict from the name of a condition to the list of the labels'
            names, or to their number.

    Returns:
        Dict of int32 arrays `(num_rows,)` and float32 arrays `(num_rows, dim)`.

    Raises:
        ValueError: if a condition is missing, unknown or out of its range.
    """
    conditions = dict(conditions or {})
    names = [*categories, *vectors, *labels]
    if {*conditions} != {*names}:
        raise ValueError(
            f"`conditions` must give {names}. "
            f"Received: conditions={sorted(conditions)}"
        )
    rows = {}
    for name, values in categories.items():
        ids = _category_ids(name, conditions[name], values)
        rows[name] = broadcast(name, ids, (num_rows,), np.int32)
    for name, dim in vectors.items():
        shape = (num_rows, dim)
        rows[name] = broadcast(name, conditions[name], shape, np.float32)
        if not np.isfinite(rows[name]).all():
            raise ValueError(
                f"Condition {name!r} must be finite numbers. "
                f"Received: {name}={conditions[name]}"
            )
        check_color(name, rows[name])
    for name, values in labels.items():
        rows[name] = multi_hot(name, conditions[name], values, num_rows)
    return rows


def _category_ids(name, asked, values):
    known = list(range(values)) if isinstance(values, int) else list(values)
    places = {value: place for place, value in enumerate(known)}
    ids = np.empty(np.shape(asked), np.int32)
    # As objects: names and numbers in one list stay what they are.
    for position, value in np.ndenumerate(np.asarray(asked, object)):
        value = value.item() if hasattr(value, "item") else value
        if value in places:
            ids[position] = places[value]
        elif isinstance(value, int) and 0 <= value < len(known):
            ids[position] = value
        else:
            raise ValueError(
                f"Condition {name!r} must be one of {known}. "
                f"Received: {name}={value!r}"
            )
    return ids
