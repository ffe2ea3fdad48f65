import numpy as np
import pytest

from keras_productgen.data.catalog import PATTERNS
from keras_productgen.data.catalog.patterns import mix
from keras_productgen.data.catalog.patterns import second_color_weight


def points(count=5000):
    generator = np.random.default_rng(0)
    u, v = generator.uniform(-3, 3, (2, count)).astype("float32")
    return u, v, generator.uniform(0, 1, count).astype("float32")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_share_is_within_zero_and_one(pattern):
    weight = second_color_weight(pattern, *points())
    assert weight.min() >= 0.0 and weight.max() <= 1.0
    assert (weight.max() > 0.0) == (pattern != "plain")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_closes_around_a_product(pattern):
    u, v, down = points()
    here = second_color_weight(pattern, u, v, down)
    around = second_color_weight(pattern, u + 8, v, down)
    assert (here != around).mean() < 0.001


def test_stripes_lie_and_pinstripes_stand():
    u, v, down = points()
    across = second_color_weight("stripes", u + 0.3, v, down)
    np.testing.assert_array_equal(
        across, second_color_weight("stripes", u, v, down)
    )
    along = second_color_weight("pinstripes", u, v + 0.3, down)
    np.testing.assert_array_equal(
        along, second_color_weight("pinstripes", u, v, down)
    )


def test_mix_by_hand():
    mixed = mix((0.0, 0.5, 1.0), (1.0, 0.5, 0.0), np.float32([0.0, 0.25, 1.0]))
    expected = [[0.0, 0.5, 1.0], [0.25, 0.5, 0.75], [1.0, 0.5, 0.0]]
    np.testing.assert_allclose(mixed, expected)
