"""Attributes of items as the tensors that condition a model."""

import numpy as np


def _view_angle(item):
    angle = np.radians(item.view_angle)
    return np.sin(angle), np.cos(angle)


def _light(item):
    return np.divide(item.light, np.linalg.norm(item.light))


# Name: shape, dtype, value of an item.
CONDITIONS = {
    "category": ((), "int32", lambda item: item.category_id),
    "color": ((3,), "float32", lambda item: item.color),
    "second_color": ((3,), "float32", lambda item: item.second_color),
    "pattern": ((), "int32", lambda item: item.pattern_id),
    "height": ((1,), "float32", lambda item: item.height),
    "gloss": ((1,), "float32", lambda item: item.gloss),
    "view_angle": ((2,), "float32", _view_angle),
    "light": ((3,), "float32", _light),
}


def checked_names(conditions):
    """The names as a tuple; empty for `None`."""
    if isinstance(conditions, str):
        conditions = (conditions,)
    names = tuple(conditions or ())
    unknown = [name for name in names if name not in CONDITIONS]
    if unknown or len(set(names)) < len(names):
        raise ValueError(
            f"`conditions` must be different names of {tuple(CONDITIONS)}. "
            f"Received: conditions={conditions!r}"
        )
    return names


def condition_arrays(items, names):
    """Dict of arrays, one row an item."""
    return {
        name: np.array([value(item) for item in items], dtype).reshape(
            (len(items), *shape)
        )
        for name, (shape, dtype, value) in CONDITIONS.items()
        if name in names
    }
