import numpy as np
import pytest
from scipy import stats

from keras_productgen.metrics import SlicedWassersteinDistance
from keras_productgen.metrics import sliced_wasserstein_distance
from tests.checks import to_numpy
from tests.metrics.flat_pictures import flat_encoder
from tests.metrics.flat_pictures import pictures
from tests.metrics.flat_pictures import rows
from tests.metrics.flat_pictures import updated


def normal(seed, count=300, dim=5):
    return np.random.default_rng(seed).normal(size=(count, dim))


def column(*values):
    return np.array(values, "float64")[:, None]


def test_on_a_line_it_is_the_distance_of_sorted_values():
    real, fake = column(3, 0, 1), column(5, 6, 1)
    # 0 -> 1, 1 -> 5, 3 -> 6.
    assert sliced_wasserstein_distance(real, fake) == pytest.approx(8 / 3)
    squared = sliced_wasserstein_distance(real, fake, order=2)
    assert squared == pytest.approx(np.sqrt((1 + 16 + 9) / 3))


def test_unequal_numbers_share_their_weight():
    real, fake = column(0, 6), column(0, 3, 9)
    # A third stays 0, a sixth goes 0 -> 3, a sixth 6 -> 3, a third 6 -> 9.
    expected = 3 / 6 + 3 / 6 + 3 / 3
    assert sliced_wasserstein_distance(real, fake) == pytest.approx(expected)


@pytest.mark.parametrize("counts", [(7, 7), (7, 12), (30, 45)])
def test_agrees_with_scipy_on_each_direction(counts):
    real, fake = normal(0, counts[0]), 2.0 * normal(1, counts[1]) + 1.0
    directions = np.random.default_rng(3).normal(size=(100, 5))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    expected = np.mean(
        [stats.wasserstein_distance(real @ d, fake @ d) for d in directions]
    )
    found = sliced_wasserstein_distance(real, fake, 100, seed=3)
    assert found == pytest.approx(expected, rel=1e-9)


def test_a_shift_is_seen_from_all_sides():
    # A step of length 2 has, along random directions, the squared mean 4 / 5.
    shift = np.array([2.0, 0.0, 0.0, 0.0, 0.0])
    found = sliced_wasserstein_distance(
        normal(0), normal(0) + shift, 4000, order=2
    )
    assert found**2 == pytest.approx(4 / 5, rel=0.05)


def test_sees_what_mean_and_covariance_do_not():
    generator = np.random.default_rng(0)
    real, other = normal(0, 2000, 2), normal(1, 2000, 2)
    corners = generator.choice([-1.0, 1.0], (2000, 2))
    same = sliced_wasserstein_distance(real, other)
    assert sliced_wasserstein_distance(real, corners) > 4 * same


def test_float32_gives_the_number_of_float64():
    real, fake = normal(0), normal(1) + 0.3
    exact = sliced_wasserstein_distance(real, fake)
    found = sliced_wasserstein_distance(
        real.astype("float32"), fake.astype("float32")
    )
    assert found == pytest.approx(exact, rel=1e-5)


def test_same_seed_gives_the_same_number():
    sets = normal(0), normal(1)
    first = sliced_wasserstein_distance(*sets, seed=3)
    assert first == sliced_wasserstein_distance(*sets, seed=3)
    assert first != sliced_wasserstein_distance(*sets, seed=4)


def test_refuses_nonsense():
    with pytest.raises(ValueError, match="at least 1 rows"):
        sliced_wasserstein_distance(normal(0), normal(1, 0))
    with pytest.raises(ValueError, match="num_projections=0"):
        sliced_wasserstein_distance(normal(0), normal(1), 0)
    with pytest.raises(ValueError, match="order=0"):
        SlicedWassersteinDistance(flat_encoder(), order=0)


@pytest.mark.backends
def test_metric_gives_the_distance_of_the_latest_however_batched():
    real, fake = pictures(0, 40), pictures(1, 40, brightness=0.5)
    expected = sliced_wasserstein_distance(rows(real[8:]), rows(fake[8:]), 50)
    for cuts in ([0, 40], [0, 1, 30, 40]):
        metric = SlicedWassersteinDistance(
            flat_encoder(), num_projections=50, max_images=32
        )
        assert np.isnan(to_numpy(metric.result()))
        value = to_numpy(updated(metric, real, fake, cuts).result())
        assert value == pytest.approx(expected, rel=1e-5)
        metric.reset_state()
        assert np.isnan(to_numpy(metric.result()))
