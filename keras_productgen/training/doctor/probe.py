"""The pictures that the doctor looks at, the same at every check."""

import os

import keras
import numpy as np
from keras import ops

from keras_productgen.data.first_pictures import is_arrays
from keras_productgen.models.batch import Batch
from keras_productgen.training.doctor.state import kept


def first_rows(data, num_rows):
    """Returns the first rows of any data that `fit` takes.

    Args:
        data: array of pictures, a tuple of it and what comes beside it, or an
            iterable of batches of either, of which no more are drawn than are
            needed.
        num_rows: int, at most how many.

    Returns:
        `(first, second)`: numpy arrays or dicts of them; `second` may be None.

    Raises:
        ValueError: if `data` is nothing of that, there are fewer than 2 rows,
            or a value is no number.
    """
    check_data(data)
    batches, count = [], 0
    for batch in [data] if is_arrays(data) else data:
        first, second, _ = keras.utils.unpack_x_y_sample_weight(batch)
        pair = keras.tree.map_structure(
            lambda rows: None if rows is None else np.asarray(rows),
            (first, second),
        )
        pair = _checked_batch(pair, batch, num_rows)
        batches.append(pair)
        count += len(keras.tree.flatten(pair)[0])
        if count >= num_rows:
            break
    if count < 2:
        raise ValueError(
            "`data` must hold at least 2 pictures. "
            f"Received: {count} in a {type(data).__name__}"
        )
    return keras.tree.map_structure(
        lambda *parts: _joined(parts, num_rows), *batches
    )


def check_data(data):
    """Refuses what holds no pictures; the pictures are not looked at.

    Raises:
        ValueError: if `data` is no array, tuple or iterable of batches.
    """
    no_batches = isinstance(data, str | bytes | os.PathLike | dict)
    is_read = hasattr(data, "__iter__") or hasattr(data, "__getitem__")
    if no_batches or not (is_arrays(data) or is_read):
        raise ValueError(
            "`data` must be an array of pictures, a tuple of it and "
            "conditions, or a dataset; `data.image_folder` makes one of a "
            f"folder. Received: data={data!r}"
        )


class Probe:
    """Rows of the data, and what the generator starts from for each.

    Args:
        model: `AdversarialTraining`.
        rows: what `first_rows` returns.
        num_judged: int, rows that losses and gradients are taken on.
        num_shown: int, rows that pictures are made for. Rows come again where
            the data has fewer.
    """

    def __init__(self, model, rows, num_judged=64, num_shown=128):
        self.rows = rows
        self.num_rows = len(keras.tree.flatten(rows)[0])
        self.judged = self.batch(model, num_judged)
        self.shown = self.batch(model, num_shown)

    def batch(self, model, num_rows, first=0):
        """Returns a `Batch` of rows, in the terms of the networks."""
        places = np.arange(first, first + num_rows) % self.num_rows
        return self.batch_of(model, places)

    def batch_of(self, model, places):
        """Returns a `Batch` of the rows at `places`, which may come again."""
        data = self.data(places)
        with kept(model):
            images, conditions = model.unpack(data)
            inputs = model.draw_inputs(images, conditions)
        return Batch(images, conditions, inputs)

    def data(self, places):
        """Returns rows as `fit` would hand them to a step."""
        return keras.tree.map_structure(
            lambda rows: (
                None if rows is None else ops.convert_to_tensor(rows[places])
            ),
            self.rows,
        )

    @property
    def pictures(self):
        """The pictures `(num_rows, height, width, channels)`; None if none."""
        images = self.rows[0]
        return images if isinstance(images, np.ndarray) else None


def _checked_batch(pair, batch, num_rows):
    """The first rows; refuses what are no pictures, or no numbers."""
    pictures, beside = map(keras.tree.flatten, pair)
    arrays = [*pictures, *(rows for rows in beside if rows is not None)]
    shapes = [np.shape(rows) for rows in arrays]
    if any(np.ndim(p) != 4 for p in pictures) or not all(shapes):
        raise ValueError(
            "`data` must hold pictures (num_images, height, width, channels), "
            "and what comes beside them with a row each. Received: a "
            f"{type(batch).__name__} with arrays of the shapes {shapes}"
        )
    pair, arrays = keras.tree.map_structure(
        lambda rows: None if rows is None else rows[:num_rows], (pair, arrays)
    )
    for rows in arrays:
        if not _are_numbers(rows):
            raise ValueError(
                "`data` must hold finite numbers alone. Received: an array of "
                f"shape {rows.shape} and dtype {rows.dtype} with values that "
                "are none"
            )
    return pair


def _are_numbers(rows):
    try:
        return bool(np.isfinite(np.asarray(rows, "float64")).all())
    except (TypeError, ValueError):
        return False


def _joined(parts, num_rows):
    return None if parts[0] is None else np.concatenate(parts)[:num_rows]
