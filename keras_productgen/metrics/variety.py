"""How much pictures of one kind differ from one another."""

import numpy as np

from keras_productgen.metrics.neighbors import distance_tiles


def mean_distance(features):
    """Mean Euclidean distance between two different rows."""
    total = sum(
        np.sqrt(distances).sum()
        for _, _, distances in distance_tiles(features, features)
    )
    return float(total / max(len(features) * (len(features) - 1), 1))


def rows_alike(conditions, num_rows, place, fewest):
    """Returns the rows that show what one of them does.

    In the first condition, and in each further one of which enough rows are
    left.

    Args:
        conditions: list of arrays with a row a picture, the most telling first:
            ids, or labels; may be empty.
        num_rows: int, how many rows there are.
        place: int, the row that is compared with.
        fewest: int, how many rows must be left.

    Returns:
        int array of rows; all rows where there is no condition, or too few
        that show what the first does.
    """
    alike = np.ones(num_rows, bool)
    for rows in conditions:
        rows = np.asarray(rows).reshape(num_rows, -1)
        narrower = alike & (rows == rows[place]).all(axis=1)
        if narrower.sum() >= fewest:
            alike = narrower
    return np.flatnonzero(alike)
