"""Conditions: what a user asks for, as the rows that networks take."""

import numpy as np


def num_values(values):
    """Number of values of a category, given by number or by their names."""
    return values if isinstance(values, int) else len(values)


def check_any_wanted(categories, vectors):
    """Raises a `ValueError` if there is no condition at all."""
    if not categories and not vectors:
        raise ValueError(
            "`categories` and `vectors` must name at least one condition. "
            f"Received: categories={categories}, vectors={vectors}"
        )


def check_wanted(categories, vectors):
    """Raises a `ValueError` unless a model can be made for the conditions."""
    names = [*categories, *vectors]
    reserved = {"latents", "images", "seed", "index"} & {*names}
    if len({*names}) < len(names) or reserved:
        raise ValueError(
            "`categories` and `vectors` must name each condition once, and "
            "none 'latents', 'images', 'seed' or 'index'. "
            f"Received: categories={categories}, vectors={vectors}"
        )
    for name, values in categories.items():
        repeated = not isinstance(values, int) and len({*values}) < len(values)
        if num_values(values) < 2 or repeated:
            raise ValueError(
                f"Category {name!r} must have at least two different values. "
                f"Received: categories={categories}"
            )
    for name, dim in vectors.items():
        if not isinstance(dim, int) or dim < 1:
            raise ValueError(
                f"Vector {name!r} must have a number of components above 0. "
                f"Received: vectors={vectors}"
            )


def as_rows(conditions, num_rows, categories, vectors):
    """Turns what a user writes into one row of each condition a picture.

    Args:
        conditions: dict. For a category an id or a name, or a list of
            `num_rows` of them; for a vector its components, or an array
            `(num_rows, dim)`.
        num_rows: int, number of pictures.
        categories: dict from the name of a condition to the list of its
            values' names, or to their number.
        vectors: dict from the name of a condition to its components' number.

    Returns:
        Dict of int32 arrays `(num_rows,)` and float32 arrays `(num_rows, dim)`.

    Raises:
        ValueError: if a condition is missing, unknown or out of its range.
    """
    conditions = dict(conditions or {})
    names = [*categories, *vectors]
    if {*conditions} != {*names}:
        raise ValueError(
            f"`conditions` must give {names}. "
            f"Received: conditions={sorted(conditions)}"
        )
    rows = {}
    for name, values in categories.items():
        ids = _category_ids(name, conditions[name], values)
        rows[name] = _broadcast(name, ids, (num_rows,), np.int32)
    for name, dim in vectors.items():
        shape = (num_rows, dim)
        rows[name] = _broadcast(name, conditions[name], shape, np.float32)
        if not np.isfinite(rows[name]).all():
            raise ValueError(
                f"Condition {name!r} must be finite numbers. "
                f"Received: {name}={conditions[name]}"
            )
    return rows


def _category_ids(name, asked, values):
    known = list(range(values)) if isinstance(values, int) else list(values)
    ids = np.empty(np.shape(asked), np.int32)
    for position, value in np.ndenumerate(np.asarray(asked)):
        value = value.item() if hasattr(value, "item") else value
        if value in known:
            ids[position] = known.index(value)
        elif isinstance(value, int) and 0 <= value < len(known):
            ids[position] = value
        else:
            raise ValueError(
                f"Condition {name!r} must be one of {known}. "
                f"Received: {name}={value!r}"
            )
    return ids


def _broadcast(name, values, shape, dtype):
    try:
        return np.broadcast_to(np.asarray(values, dtype), shape)
    except (TypeError, ValueError):
        raise ValueError(
            f"Condition {name!r} must be one value for all pictures, or one "
            f"for each: numbers of shape {shape[1:]} or {shape}. "
            f"Received: {name}={values!r}"
        ) from None
