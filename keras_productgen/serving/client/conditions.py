"""What a user asks for, as the tensors that a signature takes."""

import numpy as np

from keras_productgen.conditions.colors import cloth_color
from keras_productgen.conditions.rows import as_rows
from keras_productgen.conditions.vectors import broadcast
from keras_productgen.conditions.vectors import is_color

CATEGORY, VECTOR, LABELS = "category", "vector", "labels"


def rows_of(asked, num_rows, inputs, known):
    """Returns a dict of arrays, a row a picture.

    Args:
        asked: dict from conditions to values, as `model.generate` takes them;
            colours may be names or `#rrggbb`.
        num_rows: int.
        inputs: dict from the names of conditions to their shapes.
        known: dict from names to what the model says of them.

    Raises:
        ValueError: if a condition is missing, unknown, or has no such value.
    """
    if set(asked) != set(inputs):
        raise ValueError(
            f"The model needs the conditions {sorted(inputs)}. "
            f"Received: {sorted(asked)}"
        )
    if not inputs:
        return {}
    kinds = {CATEGORY: {}, VECTOR: {}, LABELS: {}}
    rows, plain = {}, {}
    for name, shape in inputs.items():
        told = known.get(name)
        if told is not None:
            values = told.get("values") or int(told["size"])
            kinds[told["kind"]][name] = values
        elif len(shape) == 1:
            rows[name] = _numbers(name, asked[name], num_rows)
            continue
        else:
            kinds[VECTOR][name] = shape[-1]
        plain[name] = _without_names(name, asked[name], kinds)
    return rows | _repeated(plain, num_rows, *kinds.values())


def _repeated(asked, num_rows, *kinds):
    """As `as_rows`, but one value for any number of pictures takes no time."""
    try:
        rows = as_rows(asked, 1, *kinds)
    except ValueError:  # One for each picture, or wrong.
        return as_rows(asked, num_rows, *kinds)
    return {
        name: np.broadcast_to(row, (num_rows, *row.shape[1:]))
        for name, row in rows.items()
    }


def _numbers(name, asked, num_rows):
    """The places of a category's values, where their names are not known."""
    values = np.asarray(asked)
    if values.dtype.kind not in "iu" or (values < 0).any():
        raise ValueError(
            f"The model does not say what the values of {name!r} are called, "
            "for it has no signature 'describe': export it again, or ask by "
            "number. "
            f"Received: {name}={asked!r}"
        )
    return broadcast(name, values, (num_rows,), np.int32)


def _without_names(name, value, kinds):
    """Turns colours into numbers, and text of several labels into a list."""
    labels = kinds[LABELS].get(name)
    if isinstance(labels, list) and isinstance(value, str):
        words = [word.strip() for word in value.split(",")]
        return [value] if value in labels else [w for w in words if w]
    if is_color(name, kinds[VECTOR].get(name)):
        return _colors(value)
    return value


def _colors(value):
    if isinstance(value, str):
        return cloth_color(value)
    if isinstance(value, list | tuple):
        return [
            cloth_color(part) if isinstance(part, str) else part
            for part in value
        ]
    return value
