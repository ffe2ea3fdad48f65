"""Small pictures that the tests of edits share."""

import numpy as np

from keras_productgen.data import ProductCatalog

SHAPES = [(1, 1), (1, 1, 1), (1, 1, 3), (1, 1, 4), (7, 5, 3), (9, 23, 4)]


def noise(shape, seed=0):
    return np.random.default_rng(seed).integers(0, 256, shape, "uint8")


def product(size=64, index=0):
    """A rendered `Product`: .image, .mask, .depth."""
    return ProductCatalog(size, seed=3)[index]


def cutout(size=64, index=0):
    """RGBA of a rendered product."""
    made = product(size, index)
    return np.dstack([made.image, made.mask])


def disk(size=64, radius=20):
    """bool `(size, size)`, a disk in the middle."""
    rows, columns = np.mgrid[:size, :size] - (size - 1) / 2
    return np.hypot(rows, columns) <= radius
