import warnings

import numpy as np
import pytest

from keras_productgen.metrics import FrechetInceptionDistance
from keras_productgen.metrics import frechet_distance
from keras_productgen.metrics import frechet_inception_distance
from keras_productgen.metrics.frechet_distance import distance_of_rows
from tests.checks import to_numpy
from tests.metrics.flat_pictures import DIM
from tests.metrics.flat_pictures import flat_encoder
from tests.metrics.flat_pictures import pictures
from tests.metrics.flat_pictures import rows
from tests.metrics.flat_pictures import updated

pytestmark = pytest.mark.backends


def normal(seed, count, dim=8, scale=1.0):
    generator = np.random.default_rng(seed)
    return scale * generator.normal(size=(count, dim))


def test_a_shift_and_a_spread_by_hand():
    real = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0], [2.0, 2.0]])
    # Means (1, 1) and (5, 5); in both directions deviations of
    # sqrt(4 / 3) and three times as much.
    fake = 3.0 * real + 2.0
    expected = 4.0**2 + 4.0**2 + 2 * (3.0 - 1.0) ** 2 * 4 / 3
    distance = frechet_inception_distance(real, fake)
    assert distance == pytest.approx(expected, rel=1e-12)


def test_few_pictures_are_too_far_apart_and_warn():
    sizes = (20, 200, 2000)
    with pytest.warns(UserWarning, match="20 pictures with 16 features"):
        distances = [
            frechet_inception_distance(normal(0, size, 16), normal(1, size, 16))
            for size in sizes
        ]
    assert distances[0] > 3 * distances[1] > 9 * distances[2] > 0


def test_the_bias_is_as_the_documentation_says():
    distance = frechet_inception_distance(
        normal(0, 1000, 64), normal(1, 1000, 64)
    )
    # Of the whole variance, 64, the share dim / (2 n).
    assert distance == pytest.approx(64 * 64 / 2000, rel=0.15)


def test_fewer_pictures_than_features_give_a_number():
    with pytest.warns(UserWarning, match="far too large"):
        distance = frechet_inception_distance(
            normal(0, 10, 64), normal(1, 10, 64)
        )
    assert np.isfinite(distance) and distance > 0


def test_few_rows_give_what_their_moments_give():
    real, fake = normal(0, 10, 64), 2.0 * normal(1, 30, 64) + 0.5
    with pytest.warns(UserWarning, match="far too large"):
        of_rows = frechet_inception_distance(real, fake)
    moments = [(rows.mean(0), np.cov(rows.T)) for rows in (real, fake)]
    expected = frechet_distance(*moments[0], *moments[1])
    assert of_rows == pytest.approx(expected, rel=1e-9)
    with pytest.raises(ValueError, match="must be finite"):
        distance_of_rows(np.full((3, 4), np.nan), np.zeros((3, 4)))


def test_metric_gives_the_distance_of_all_however_batched():
    real, fake = pictures(0, 60), pictures(1, 60, brightness=0.5)
    expected = frechet_inception_distance(rows(real), rows(fake))
    for cuts in ([0, 60], [0, 1, 2, 50, 60]):
        metric = FrechetInceptionDistance(flat_encoder())
        value = to_numpy(updated(metric, real, fake, cuts).result())
        assert value == pytest.approx(expected, rel=1e-6)


def test_many_batches_of_far_features_keep_their_digits():
    real = 1000.0 + normal(0, 4000, DIM).astype("float32")
    fake = 1000.1 + normal(1, 4000, DIM).astype("float32")
    expected = frechet_inception_distance(real, fake)
    metric = FrechetInceptionDistance(flat_encoder())
    for start in range(0, 4000, 40):
        metric.update_features(
            real[start : start + 40], fake[start : start + 40]
        )
    assert to_numpy(metric.result()) == pytest.approx(expected, rel=1e-6)


def test_reset_forgets_and_two_pictures_make_a_number():
    metric = FrechetInceptionDistance(flat_encoder())
    assert np.isnan(to_numpy(metric.result()))
    metric.update_state(pictures(0, 1), pictures(1, 1))
    assert np.isnan(to_numpy(metric.result()))
    metric.update_state(pictures(2, 1), pictures(3, 30))
    with pytest.warns(UserWarning, match="2 pictures with 12 features"):
        assert np.isfinite(to_numpy(metric.result()))
    metric.reset_state()
    assert np.isnan(to_numpy(metric.result()))


def test_enough_pictures_do_not_warn():
    metric = FrechetInceptionDistance(flat_encoder())
    metric.update_state(pictures(0, 2 * DIM), pictures(1, 2 * DIM))
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        assert to_numpy(metric.result()) > 0
