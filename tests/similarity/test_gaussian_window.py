import numpy as np
import pytest
from keras import ops
from scipy import ndimage

from keras_productgen.similarity import gaussian_window
from tests.checks import to_numpy


def planes(height, width):
    generator = np.random.default_rng(0)
    return generator.uniform(0, 255, (2, 3, height, width)).astype("float32")


@pytest.mark.backends
# One pixel more than a block of 64, less than one, and a single window.
@pytest.mark.parametrize("size", [(75, 139), (20, 30), (11, 11)])
@pytest.mark.parametrize(
    "function",
    [gaussian_window.blur_by_blocks, gaussian_window.blur_by_taps],
)
def test_both_ways_agree_with_scipy(function, size):
    values = planes(*size)
    expected = ndimage.gaussian_filter(
        values.astype("float64"), (0, 0, 1.5, 1.5), radius=(0, 0, 5, 5)
    )[..., 5:-5, 5:-5]
    blurred = to_numpy(function(ops.convert_to_tensor(values)))
    np.testing.assert_allclose(blurred, expected, atol=2e-4)


def test_devices_that_round_products_are_given_none(monkeypatch):
    monkeypatch.setattr(gaussian_window, "_products_are_rounded", lambda: True)
    monkeypatch.delattr(gaussian_window, "blur_by_blocks")
    assert gaussian_window.blur(planes(20, 20)).shape == (2, 3, 10, 10)
