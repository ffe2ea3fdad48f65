import numpy as np
import pytest

from keras_productgen.evaluation.report.realism import best_median_worst
from keras_productgen.evaluation.report.realism import realism

# On a line; the two nearest others are at most this far away.
REAL = np.array([[0.0], [1.0], [2.0], [10.0]])
RADII = [2.0, 1.0, 2.0, 9.0]


def test_realism_is_the_largest_radius_over_distance():
    # The ball of the far picture is larger than the median, and left out.
    found = realism(REAL, np.array([[3.0], [8.0]]), num_neighbors=2)
    expected = [max(2 / 3, 1 / 2, 2 / 1), max(2 / 8, 1 / 7, 2 / 6)]
    np.testing.assert_allclose(found, expected)


def test_real_pictures_are_as_real_as_can_be():
    generator = np.random.default_rng(0)
    real = generator.normal(size=(100, 4))
    inside = realism(real, generator.normal(size=(100, 4)))
    outside = realism(real, generator.normal(size=(100, 4)) + 4.0)
    assert np.median(inside) > 0.8
    assert outside.max() < inside.min() or outside.max() < 0.5


@pytest.mark.parametrize("count", [2, 5, 9])
def test_best_and_worst_are_the_ends(count):
    values = np.array([3.0, 1.0, 5.0, 2.0, 4.0])
    best, median, worst = best_median_worst(values, count)
    assert best[0] == 2
    assert worst[-1] == 1
    assert len(best) == len(median) == len(worst) == min(count, 5)
    assert 0 in median
