import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen.models.deepfill import masks
from tests.checks import to_numpy


def drawn(seed=0, count=40, size=32):
    generator = keras.random.SeedGenerator(seed)
    return to_numpy(masks.random_masks(count, size, generator))


def test_same_seed_draws_the_same_holes():
    first = drawn()
    assert first.shape == (40, 32, 32, 1) and first.dtype == "float32"
    assert {*np.unique(first)} == {0.0, 1.0}
    np.testing.assert_array_equal(first, drawn())
    assert np.any(first != drawn(seed=1))


def test_every_picture_has_a_hole_and_something_around():
    for size in (8, 32):
        shares = drawn(count=200, size=size).mean(axis=(1, 2, 3))
        assert 0.0 < shares.min() and shares.max() < 0.7
        assert 0.05 < shares.mean() < 0.3


def test_holes_lie_everywhere():
    mean = drawn(count=400, size=16).mean(axis=0)
    assert mean.min() > 0.03


def test_distance_from_a_line_by_hand():
    middles = np.arange(6) + 0.5
    # From (2, 1) straight down to (2, 4), in (column, row).
    points = np.array([[[[1.0, 2.0]]]], "float32")
    steps = np.array([[[[3.0, 0.0]]]], "float32")
    squares = to_numpy(
        masks._squared_distances(
            ops.convert_to_tensor(points),
            ops.convert_to_tensor(steps),
            ops.convert_to_tensor(middles.astype("float32")),
        )
    )[0, 0, 0]
    for row, column in np.ndindex(6, 6):
        nearest = np.clip(middles[row], 1.0, 4.0)
        expected = (middles[row] - nearest) ** 2 + (middles[column] - 2.0) ** 2
        assert squares[row, column] == pytest.approx(expected, abs=1e-5)
