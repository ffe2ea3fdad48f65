"""What metrics on features share: their checks, and the memory of them."""

import numpy as np
from keras import ops


def check_features(real_features, fake_features, at_least=2):
    """Refuses two sets of features that cannot be compared."""
    shapes = (tuple(real_features.shape), tuple(fake_features.shape))
    if any(len(shape) != 2 for shape in shapes) or shapes[0][1] != shapes[1][1]:
        raise ValueError(
            "Both sets of features must have the shape (num_images, dim), with "
            f"the same dim. Received: shapes {shapes[0]} and {shapes[1]}"
        )
    if any(shape[0] is not None and shape[0] < at_least for shape in shapes):
        raise ValueError(
            f"Both sets must have at least {at_least} rows. "
            f"Received: shapes {shapes[0]} and {shapes[1]}"
        )


def check_at_least(name, value, least):
    """Refuses a setting that is below `least`."""
    if value < least:
        raise ValueError(
            f"`{name}` must be at least {least}. Received: {name}={value}"
        )


def to_rows(features):
    """Returns features as a numpy array `(num_images, dim)`."""
    if not isinstance(features, np.ndarray):
        try:
            features = ops.convert_to_numpy(features)
        # TensorFlow's graphs say the first, JAX's tracers the second.
        except (NotImplementedError, TypeError) as error:
            raise ValueError(
                "This metric computes in numpy, so its pictures must have "
                "values: use it in a callback, or compile the model with "
                f"`run_eagerly=True`. Received: {features}"
            ) from error
    if features.ndim != 2:
        raise ValueError(
            "Features must have the shape (num_images, dim). "
            f"Received: shape {features.shape}"
        )
    return features


class FeatureMemory:
    """The latest rows of those that came, in memory that does not grow.

    Args:
        max_rows: int, how many rows are kept.
        dim: int, length of a row.
    """

    def __init__(self, max_rows, dim):
        self._rows = np.zeros((max_rows, dim), "float32")
        self._num_seen = 0

    def add(self, features):
        features = to_rows(features)
        num_rows = len(self._rows)
        first = self._num_seen + max(0, len(features) - num_rows)
        self._num_seen += len(features)
        places = np.arange(first, self._num_seen) % num_rows
        self._rows[places] = features[-num_rows:]

    def rows(self):
        """Returns the rows, of which the order does not matter."""
        return self._rows[: self._num_seen]

    def clear(self):
        self._num_seen = 0
