"""How real single pictures look to the encoder."""

import numpy as np

from keras_productgen.metrics.neighbors import distance_tiles
from keras_productgen.metrics.neighbors import neighbor_radii


def realism(real_features, fake_features, num_neighbors=3):
    """Returns the realism of every picture: from 1 on it lies among the real.


    Each real picture has a ball around it that reaches to its
    `num_neighbors`-th neighbour; the half of the balls that are larger is left
    out, since they stand where real pictures are rare. A picture's realism is
    the largest radius of a ball over the distance to its centre.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.
        num_neighbors: int.

    Returns:
        float64 array `(num_fake,)`.

    Reference:
    - [Kynkaanniemi et al., 2019](https://arxiv.org/abs/1904.06991)
    """
    squared_radii = neighbor_radii(real_features, num_neighbors)
    kept = squared_radii <= np.median(squared_radii)
    largest = np.zeros(len(fake_features))
    for rows, columns, squares in distance_tiles(
        fake_features, real_features[kept]
    ):
        ratios = squared_radii[kept][columns] / np.maximum(squares, 1e-18)
        largest[rows] = np.maximum(largest[rows], ratios.max(axis=1))
    return np.sqrt(largest)


def best_median_worst(scores, count):
    """Returns three arrays of `count` indices: highest, middle, lowest.

    With few pictures the three overlap.
    """
    order = np.argsort(-np.asarray(scores), kind="stable")
    count = min(count, len(order))
    middle = (len(order) - count) // 2
    return (
        order[:count],
        order[middle : middle + count],
        order[len(order) - count :],
    )
