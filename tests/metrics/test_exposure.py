import numpy as np
import pytest

from keras_productgen.metrics import exposure
from tests.checks import to_numpy
from tests.encoders.pictures import drawings


def measured(pictures, **settings):
    found = exposure(np.asarray(pictures), **settings)
    return {name: to_numpy(v) for name, v in found._asdict().items()}


def halves(dark, light):
    picture = np.full((1, 10, 10, 3), dark, "float32")
    picture[:, :, 5:] = light
    return picture


@pytest.mark.backends
def test_a_small_case_by_hand():
    found = measured(halves(0, 200))
    assert found["mean_luma"][0] == pytest.approx(100.0)
    assert found["contrast"][0] == pytest.approx(100.0)
    assert found["dynamic_range"][0] == pytest.approx(200.0)
    assert found["shadows"][0] == found["clipped"][0] == 0.5
    assert found["highlights"][0] == 0.0
    assert found["color_cast"][0] == pytest.approx(0.0, abs=1e-4)


def test_green_is_lighter_than_blue():
    green, blue = measured(
        [np.full((8, 8, 3), (0, 100, 0)), np.full((8, 8, 3), (0, 0, 100))]
    )["mean_luma"]
    assert (green, blue) == pytest.approx((71.52, 7.22), rel=1e-4)


def test_a_channel_at_its_end_is_clipped_but_not_white():
    found = measured(halves((255, 255, 255), (255, 90, 90)))
    assert found["highlights"][0] == 0.5
    assert found["clipped"][0] == 1.0


def test_the_light_tells_the_cast():
    found = measured(halves((10, 90, 10), (200, 190, 150)))
    assert found["color_cast"][0] == pytest.approx(50.0, rel=1e-4)


def test_darker_is_found_darker():
    pictures = drawings(4).astype("float32")
    before, after = measured(pictures), measured(pictures * 0.4)
    for name in ("mean_luma", "contrast", "dynamic_range"):
        np.testing.assert_allclose(after[name], 0.4 * before[name], rtol=1e-3)


def test_value_range_only_changes_the_units():
    pictures = drawings(2).astype("float32")
    given = measured(pictures / 255.0, value_range=(0, 1))
    for name, values in measured(pictures).items():
        np.testing.assert_allclose(given[name], values, rtol=1e-3, atol=1e-3)
