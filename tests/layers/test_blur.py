import numpy as np
import pytest

from keras_productgen.layers.blur import blurred
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_blur_of_a_single_tap_is_the_binomial_filter():
    kernel = np.full((1, 1, 1, 1), 2.0, "float32")
    taps = np.array([1, 3, 3, 1]) / 8
    expected = 2.0 * np.outer(taps, taps)
    np.testing.assert_allclose(to_numpy(blurred(kernel))[..., 0, 0], expected)


def test_blur_leaves_channels_and_filters_apart():
    kernel = np.random.default_rng(0).normal(size=(3, 3, 2, 5))
    kernel = kernel.astype("float32")
    together = to_numpy(blurred(kernel, gain=4.0))
    alone = to_numpy(blurred(kernel[:, :, 1:, 3:4], gain=4.0))
    np.testing.assert_allclose(together[:, :, 1:, 3:4], alone, atol=1e-6)
    sums = kernel.sum((0, 1))
    np.testing.assert_allclose(together.sum((0, 1)), 4 * sums, atol=1e-5)
