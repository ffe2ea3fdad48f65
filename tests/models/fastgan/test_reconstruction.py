import keras
import numpy as np
import pytest

from keras_productgen.metrics import perceptual_distance
from keras_productgen.models.fastgan import reconstruction
from tests.checks import to_numpy


def images(count, size, seed=0):
    generator = np.random.default_rng(seed)
    values = generator.uniform(-1.0, 1.0, (count, size, size, 3))
    return values.astype("float32")


@pytest.mark.backends
def test_each_picture_gives_the_quadrant_of_its_place():
    pictures = images(4, 6)
    cut = reconstruction.quadrants(pictures, np.array([0, 1, 2, 3]))
    expected = [
        pictures[0, :3, :3],
        pictures[1, :3, 3:],
        pictures[2, 3:, :3],
        pictures[3, 3:, 3:],
    ]
    np.testing.assert_array_equal(to_numpy(cut), expected)


def test_places_are_all_four():
    seed = keras.random.SeedGenerator(0)
    places = reconstruction.random_places(np.zeros((400, 1)), seed)
    counts = np.bincount(to_numpy(places))
    assert len(counts) == 4 and counts.min() > 70


@pytest.mark.backends
def test_l1_is_the_mean_difference_from_the_shrunken_picture():
    originals, drawn = images(2, 8), images(2, 4, seed=1)
    small = originals.reshape(2, 4, 2, 4, 2, 3).mean(axis=(2, 4))
    distance = reconstruction.distance("l1", originals, drawn)
    expected = np.abs(small - drawn).mean()
    assert to_numpy(distance) == pytest.approx(expected, abs=1e-6)


def test_perceptual_loss_is_the_metric_where_the_metric_is_defined():
    originals, drawn = images(2, 32), images(2, 32, seed=1)
    distance = reconstruction.distance("perceptual", originals, drawn)
    metric = perceptual_distance(originals, drawn, value_range=(-1, 1))
    assert to_numpy(distance) == pytest.approx(to_numpy(metric).mean(), 1e-5)


@pytest.mark.parametrize("name, size", [("l2", 64), ("perceptual", 16)])
def test_refuses_what_cannot_be_had(name, size):
    with pytest.raises(
        ValueError, match=f"loss='{name}', image_size={2 * size}$"
    ):
        reconstruction.check_loss(name, size)
