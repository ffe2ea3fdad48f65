"""Nearest neighbours among features."""

import numpy as np

CHUNK = 1024


def nearest(queries, features, count=1):
    """Returns `(distances, indices)` of the nearest rows, nearest first.

    Args:
        queries: array `(num_queries, dim)`.
        features: array `(num_rows, dim)`.
        count: int, how many; fewer come where there are fewer rows.

    Returns:
        float64 and int64 arrays `(num_queries, count)`.
    """
    count = min(count, len(features))
    found = [
        _nearest(queries[start : start + CHUNK], features, count)
        for start in range(0, len(queries), CHUNK)
    ]
    distances, indices = zip(*found)
    return np.concatenate(distances), np.concatenate(indices)


def _nearest(queries, features, count):
    distances = pairwise(queries, features)
    places = np.argpartition(distances, count - 1, axis=1)[:, :count]
    found = np.take_along_axis(distances, places, axis=1)
    order = np.argsort(found, axis=1, kind="stable")
    return (
        np.take_along_axis(found, order, axis=1),
        np.take_along_axis(places, order, axis=1),
    )


def pairwise(a, b):
    """Euclidean distances `(len(a), len(b))`."""
    a, b = np.asarray(a, "float64"), np.asarray(b, "float64")
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1) - 2.0 * a @ b.T
    return np.sqrt(np.maximum(squares, 0.0))
