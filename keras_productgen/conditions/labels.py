"""Labels, of which a picture may have none, one or several."""

import numpy as np

from keras_productgen.conditions.vectors import broadcast


def multi_hot(name, asked, values, num_rows):
    """Returns a row a picture, 1 for each label that is asked for.

    Args:
        name: str, of the condition.
        asked: the name of a label, a list of names for all pictures, a list of
            `num_rows` such lists, or numbers from 0 to 1 of shape
            `(num_labels,)` or `(num_rows, num_labels)`.
        values: list of the labels' names, or their number.
        num_rows: int, number of pictures.

    Returns:
        float32 array `(num_rows, num_labels)`.

    Raises:
        ValueError: if a label is unknown, or a number out of its range.
    """
    known = [] if isinstance(values, int) else list(values)
    size = values if isinstance(values, int) else len(values)
    shape = (num_rows, size)
    if not _are_names(asked):
        return _checked(name, broadcast(name, asked, shape, np.float32), asked)
    if isinstance(asked, str):
        asked = [asked]
    for_all = all(isinstance(label, str) for label in asked)
    lists = [asked] if for_all else asked
    rows = np.zeros((len(lists), size), np.float32)
    for row, labels in zip(rows, lists):
        for label in [labels] if isinstance(labels, str) else labels:
            if label not in known:
                raise ValueError(
                    f"Condition {name!r} must be some of {known or size}. "
                    f"Received: {name}={label!r}"
                )
            row[known.index(label)] = 1.0
    return broadcast(name, rows, shape, np.float32)


def _are_names(asked):
    if isinstance(asked, (list, tuple)):  # No labels at all, too.
        return all(_are_names(part) for part in asked)
    return isinstance(asked, str)


def _checked(name, rows, asked):
    within = (rows >= 0.0) & (rows <= 1.0)
    if np.ndim(asked) == 0 or not within.all():
        raise ValueError(
            f"Condition {name!r} must be names of labels, or numbers from 0 to "
            f"1, one for each label. Received: {name}={asked!r}"
        )
    return rows
