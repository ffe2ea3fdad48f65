"""The kernel inception distance of arrays, in NumPy.

Kernels are made tile by tile, in constant memory. Within a set, a tile and its
mirror image are made once, and what stands on the diagonal by the symmetric
product that NumPy takes for `x @ x.T`.
"""

import numpy as np

# Rows of a tile: of 4 MiB, with large and therefore fast products.
_TILE = 1024
# Values whose powers are summed at a time: they stay in the cache.
_CHUNK = 65536


def kernel_distance_of_arrays(real_features, fake_features):
    """Returns the unbiased distance, a float.

    Products are float32, sums float64. What all kernels have in common cancels,
    and is left out of what is summed.

    Args:
        real_features: array `(num_real, dim)`, at least 2 rows.
        fake_features: array `(num_fake, dim)`, at least 2 rows.
    """
    real, fake = (
        np.asarray(features, "float32") / np.float32(features.shape[1] ** 0.5)
        for features in (real_features, fake_features)
    )
    common = real.mean(0, dtype="float64") @ fake.mean(0, dtype="float64")
    # The kernel is (deviation + level)**3; level**3 cancels.
    level = common + 1.0
    weights = np.array([3.0 * level**2, 3.0 * level, 1.0])
    crossed = sum(
        _power_sums(some @ others.T, common)
        for some in _tiles(real)
        for others in _tiles(fake)
    )
    means = (
        _mean_within(real, common)
        + _mean_within(fake, common)
        - 2.0 * crossed / (len(real) * len(fake))
    )
    return float(weights @ means)


def _tiles(rows):
    return [rows[i : i + _TILE] for i in range(0, len(rows), _TILE)]


def _mean_within(rows, common):
    """Mean powers between different rows of one set."""
    tiles = _tiles(rows)
    total = np.zeros(3)
    for place, tile in enumerate(tiles):
        products = tile @ tile.T
        diagonal = np.diagonal(products).astype("float64") - common
        total += _power_sums(products, common)
        total -= [(diagonal**power).sum() for power in (1, 2, 3)]
        for others in tiles[place + 1 :]:
            total += 2.0 * _power_sums(tile @ others.T, common)
    return total / (len(rows) * (len(rows) - 1))


def _power_sums(products, common):
    """Sums of the deviations from `common`, of their squares and cubes."""
    products = products.ravel()
    total = np.zeros(3)
    for start in range(0, products.size, _CHUNK):
        deviations = products[start : start + _CHUNK] - np.float32(common)
        squares = deviations * deviations
        total += (
            deviations.sum(),
            deviations @ deviations,
            squares @ deviations,
        )
    return total
