"""The first pictures of an array or of a dataset, in memory."""

import keras
import numpy as np


def first_pictures(data, num_images=None):
    """Returns the first pictures, and a dict of their conditions.

    Args:
        data: array `(num_images, height, width, channels)`; a tuple of it and
            a dict of conditions; or an iterable of batches, `images` or
            `(images, conditions)`, of which no more are drawn than are needed.
        num_images: optional int, at most how many.

    Returns:
        `(images, conditions)`: a numpy array, and a dict of numpy arrays with
        a row a picture. Labels that are no dict are left out.

    Raises:
        ValueError: if there is no picture.
    """
    rows, count = [], 0
    for batch in [data] if is_arrays(data) else data:
        images, conditions, _ = keras.utils.unpack_x_y_sample_weight(batch)
        conditions = conditions if isinstance(conditions, dict) else {}
        rows.append((np.asarray(images), conditions))
        count += len(rows[-1][0])
        if num_images is not None and count >= num_images:
            break
    if count == 0:
        raise ValueError(
            "The data must hold at least one picture. "
            f"Received: an empty {type(data).__name__}"
        )
    kept = slice(None, num_images)
    images = np.concatenate([images for images, _ in rows])[kept]
    return images, {
        name: np.concatenate([np.asarray(part[name]) for _, part in rows])[kept]
        for name in rows[0][1]
    }


def is_arrays(data):
    """Whether all pictures are there at once, not in batches."""
    return hasattr(data, "__array__") or isinstance(data, tuple)
