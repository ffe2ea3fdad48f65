"""All conditions of a picture side by side, as one row of numbers."""

from keras import ops


def num_columns(categories, vectors):
    """Columns of all conditions: one for each value of a category.

    Args:
        categories: dict from the name of a category to its number of values.
        vectors: dict from the name of a vector to its number of components.
    """
    return sum(categories.values()) + sum(vectors.values())


def num_free_columns(categories, vectors):
    """How many of the columns the others do not tell."""
    return num_columns(categories, vectors) - len(categories)


def as_columns(conditions, categories, vectors):
    """Returns float32 `(batch, num_columns)`, categories one-hot.

    None where there are no conditions.
    """
    columns = [
        ops.one_hot(conditions[name], size, dtype="float32")
        for name, size in categories.items()
    ]
    columns += [ops.cast(conditions[name], "float32") for name in vectors]
    return ops.concatenate(columns, axis=-1) if columns else None


def from_columns(columns, categories, vectors):
    """Returns the dict of conditions that numpy columns come closest to."""
    conditions, start = {}, 0
    for name, size in {**categories, **vectors}.items():
        conditions[name] = columns[:, start : start + size]
        start += size
    for name in categories:
        conditions[name] = conditions[name].argmax(axis=-1).astype("int32")
    return conditions
