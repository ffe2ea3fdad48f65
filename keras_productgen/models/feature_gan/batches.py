"""Goes through training data once, before the training."""

import keras
import numpy as np
from keras import ops


def collected(x, y, columns_of, max_images):
    """Puts together what a function says of the batches of data.

    Args:
        x: what `fit` takes, as long as it can be gone through twice.
        y: optional dict of conditions, where `x` is an array.
        columns_of: function from the images and the conditions of a batch to
            a tuple of arrays with a row an image.
        max_images: int; the rest is not looked at.

    Returns:
        List of arrays, of at most `max_images` rows.
    """
    parts, count = [], 0
    for images, conditions in batches(x, y):
        parts.append(columns_of(images, conditions))
        count += len(images)
        if count >= max_images:
            break
    return [np.concatenate(columns)[:max_images] for columns in zip(*parts)]


def batches(x, y=None, batch_size=64):
    """Yields `(images, conditions)`, numpy arrays, of what `fit` takes.

    Raises:
        ValueError: if `x` can be gone through only once.
    """
    if hasattr(x, "__array__"):
        for start in range(0, len(x), batch_size):
            yield _rows((x, y), slice(start, start + batch_size))
    elif isinstance(x, keras.utils.PyDataset):
        for index in range(x.num_batches):
            yield _rows(x[index])
    elif hasattr(x, "__iter__") and iter(x) is not x:
        for batch in x:
            yield _rows(batch)
    else:
        raise ValueError(
            "The data must be an array or a dataset: its features are looked "
            "at before the training. Else call `adapt` with some of it first. "
            f"Received: x of type {type(x).__name__}"
        )


def _rows(batch, rows=slice(None)):
    images, conditions, _ = keras.utils.unpack_x_y_sample_weight(batch)
    return keras.tree.map_structure(
        lambda tensor: (
            None if tensor is None else ops.convert_to_numpy(tensor[rows])
        ),
        (images, conditions),
    )
