import numpy as np
import pytest

from keras_productgen.metrics import neighbors


@pytest.fixture
def small_tiles(monkeypatch):
    monkeypatch.setattr(neighbors, "_TILE", 7)


def points(seed, count, offset=0.0):
    return np.random.default_rng(seed).normal(size=(count, 3)) + offset


def pairwise(rows, columns):
    return np.sum((rows[:, None] - columns) ** 2, axis=-1)


def test_tiles_cover_all_pairs_once(small_tiles):
    rows, columns = points(0, 20), points(1, 15)
    distances, visits = np.zeros((20, 15)), np.zeros((20, 15))
    for places, others, tile in neighbors.distance_tiles(rows, columns):
        assert max(tile.shape) <= 7
        distances[places, others] = tile
        visits[places, others] += 1
    assert (visits == 1).all()
    np.testing.assert_allclose(distances, pairwise(rows, columns), atol=1e-12)


@pytest.mark.parametrize("num_neighbors", [1, 3, 10])
def test_radii_reach_to_the_nearest_others(small_tiles, num_neighbors):
    rows = points(0, 30)
    distances = np.sort(pairwise(rows, rows), axis=1)
    radii = neighbors.neighbor_radii(rows, num_neighbors)
    np.testing.assert_allclose(radii, distances[:, num_neighbors], atol=1e-12)


def test_a_row_is_not_its_own_neighbor_but_its_double_is():
    rows = np.array([[0.0], [0.0], [3.0]])
    assert neighbors.neighbor_radii(rows, 1).tolist() == [0, 0, 9]
    assert neighbors.neighbor_radii(rows, 2).tolist() == [9, 9, 9]


def test_float32_features_far_from_zero_are_told_apart():
    rows = points(0, 40, offset=3000.0).astype("float32")
    expected = np.sort(pairwise(rows.astype("float64"), rows), axis=1)[:, 1]
    radii = neighbors.neighbor_radii(rows, 1)
    np.testing.assert_allclose(radii, expected, rtol=1e-4)


def test_nearest_rows_come_in_order_whatever_the_tiles(small_tiles):
    rows = np.arange(20.0)[::-1, None]
    queries = np.array([[1.9]] * 8 + [[30.0]])
    distances, indices = neighbors.nearest(queries, rows, 3)
    np.testing.assert_array_equal(indices[0], [17, 18, 16])
    np.testing.assert_allclose(distances[0], [0.1, 0.9, 1.1], atol=1e-12)
    np.testing.assert_array_equal(indices[8], [0, 1, 2])
    assert neighbors.nearest(queries, rows[:2], 3)[1].shape == (9, 2)
