import numpy as np
import pytest

from keras_productgen.layers import BlurUpsampling2D
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_upsampling_weighs_the_nearest_pixels_three_to_one():
    row = np.array([8.0, 16.0, 32.0, 0.0], "float32")
    images = np.tile(row[None, None, :, None], (1, 6, 1, 3))
    images[..., 1] *= -1.0
    larger = to_numpy(BlurUpsampling2D()(images))
    assert larger.shape == (1, 12, 8, 3)
    expected = [6.0, 10.0, 14.0, 20.0, 28.0, 24.0, 8.0, 0.0]
    np.testing.assert_allclose(larger[0, 5, :, 0], expected, atol=1e-5)
    np.testing.assert_allclose(larger[0, 5, :, 1], np.negative(expected))
    check_config_round_trip(BlurUpsampling2D())
