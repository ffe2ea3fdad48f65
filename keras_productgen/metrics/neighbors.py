"""Distances between all pairs of two sets of features, tile by tile."""

import numpy as np

_TILE = 2048


def distance_tiles(rows, columns):
    """Yields the squared distances between two sets, part by part.

    Memory holds one part at a time, in float64, however large the sets.

    Args:
        rows: array `(num_rows, dim)`.
        columns: array `(num_columns, dim)`.

    Yields:
        Tuples: slice of the rows, slice of the columns, float64 array of the
        squared distances between them.
    """
    for row_start in range(0, len(rows), _TILE):
        some_rows = rows[row_start : row_start + _TILE].astype("float64")
        row_norms = np.sum(some_rows**2, axis=1)
        row_slice = slice(row_start, row_start + len(some_rows))
        for start in range(0, len(columns), _TILE):
            some_columns = columns[start : start + _TILE].astype("float64")
            distances = some_rows @ some_columns.T
            distances *= -2.0
            distances += row_norms[:, None]
            distances += np.sum(some_columns**2, axis=1)
            column_slice = slice(start, start + len(some_columns))
            yield row_slice, column_slice, np.maximum(distances, 0.0)


def neighbor_radii(features, num_neighbors):
    """How far each row's `num_neighbors`-th nearest other row is.

    Returns:
        float64 array `(num_images,)` of squared distances.
    """
    nearest = np.full((len(features), num_neighbors), np.inf)
    for rows, columns, distances in distance_tiles(features, features):
        if rows == columns:
            np.fill_diagonal(distances, np.inf)
        candidates = np.concatenate([nearest[rows], distances], axis=1)
        order = num_neighbors - 1
        nearest[rows] = np.partition(candidates, order)[:, :num_neighbors]
    return nearest.max(axis=1)


def nearest(queries, features, count=1):
    """Returns `(distances, indices)` of the nearest rows, nearest first.

    Args:
        queries: array `(num_queries, dim)`.
        features: array `(num_rows, dim)`.
        count: int, how many; fewer come where there are fewer rows.

    Returns:
        float64 array of Euclidean distances and int64 array, both of shape
        `(num_queries, count)`.
    """
    count = min(count, len(features))
    squares = np.full((len(queries), count), np.inf)
    indices = np.zeros((len(queries), count), "int64")
    for rows, columns, distances in distance_tiles(queries, features):
        known = np.broadcast_to(np.arange(len(features))[columns],
                                distances.shape)  # fmt: skip
        distances = np.concatenate([squares[rows], distances], axis=1)
        known = np.concatenate([indices[rows], known], axis=1)
        places = np.argpartition(distances, count - 1, axis=1)[:, :count]
        squares[rows] = np.take_along_axis(distances, places, axis=1)
        indices[rows] = np.take_along_axis(known, places, axis=1)
    order = np.argsort(squares, axis=1, kind="stable")
    return (
        np.sqrt(np.take_along_axis(squares, order, axis=1)),
        np.take_along_axis(indices, order, axis=1),
    )
