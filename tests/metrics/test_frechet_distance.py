import numpy as np
import pytest
from scipy import linalg

from keras_productgen.metrics import frechet_distance


def covariance(seed, dim=12, rank=None):
    generator = np.random.default_rng(seed)
    factor = generator.normal(size=(dim, rank or 2 * dim))
    return factor @ factor.T / factor.shape[1]


def mean(seed, dim=12):
    return np.random.default_rng(seed).normal(size=dim)


def test_closed_form_of_diagonal_covariances():
    real, fake = np.array([4.0, 9.0, 0.0]), np.array([1.0, 25.0, 4.0])
    # Means 3^2 + 4^2; deviations (2-1)^2 + (3-5)^2 + (0-2)^2.
    distance = frechet_distance(
        np.zeros(3), np.diag(real), np.array([3.0, 4.0, 0.0]), np.diag(fake)
    )
    assert distance == pytest.approx(25.0 + 9.0, rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_the_general_matrix_root(seed):
    real, fake = covariance(seed), covariance(seed + 10)
    root = linalg.sqrtm(real @ fake).real
    step = mean(seed) - mean(seed + 10)
    expected = step @ step + np.trace(real + fake - 2.0 * root)
    distance = frechet_distance(mean(seed), real, mean(seed + 10), fake)
    assert distance == pytest.approx(expected, rel=1e-9)


def test_is_symmetric_and_0_for_the_same():
    first, second = (mean(0), covariance(0)), (mean(1), covariance(1))
    there = frechet_distance(*first, *second)
    assert there == pytest.approx(frechet_distance(*second, *first), rel=1e-9)
    assert 0.0 <= frechet_distance(*first, *first) < 1e-9


def test_a_common_rotation_changes_nothing():
    rotation, _ = np.linalg.qr(covariance(5))
    real, fake = covariance(0), covariance(1)
    expected = frechet_distance(mean(0), real, mean(1), fake)
    turned = frechet_distance(
        rotation @ mean(0),
        rotation @ real @ rotation.T,
        rotation @ mean(1),
        rotation @ fake @ rotation.T,
    )
    assert turned == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("ranks", [(3, 12), (12, 3), (3, 5), (1, 1)])
def test_singular_covariances_give_the_limit_of_regular_ones(ranks):
    real, fake = covariance(0, rank=ranks[0]), covariance(1, rank=ranks[1])
    distance = frechet_distance(mean(0), real, mean(1), fake)
    little = 1e-12 * np.eye(12)
    near = frechet_distance(mean(0), real + little, mean(1), fake + little)
    assert np.isfinite(distance) and distance >= 0.0
    assert distance == pytest.approx(near, rel=1e-4)


def test_points_have_the_distance_of_their_means():
    nothing = np.zeros((3, 3))
    distance = frechet_distance(np.zeros(3), nothing, np.ones(3), nothing)
    assert distance == 3.0


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((np.ones(3), np.eye(3), np.ones(4), np.eye(4)), "shape"),
        ((np.ones(3), np.ones(3), np.ones(3), np.eye(3)), "shape"),
        ((np.ones(3), np.eye(3), np.ones(3), np.full((3, 3), np.nan)), "fin"),
    ],
)
def test_refuses_what_are_no_moments(arguments, message):
    with pytest.raises(ValueError, match=message):
        frechet_distance(*arguments)
