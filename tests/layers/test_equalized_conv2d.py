import numpy as np
import pytest

from keras_productgen.layers import EqualizedConv2D
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends

TAPS = np.outer([1, 3, 3, 1], [1, 3, 3, 1]) / 64


def correlate(image, kernel):
    """Each output by its own sum; no padding."""
    size = kernel.shape[0]
    height, width = (length - size + 1 for length in image.shape[:2])
    outputs = np.empty((height, width, kernel.shape[3]))
    for row in range(height):
        for column in range(width):
            patch = image[row : row + size, column : column + size]
            outputs[row, column] = np.tensordot(patch, kernel, 3)
    return outputs


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("downsample", [False, True])
def test_equals_the_blur_and_the_convolution_one_after_the_other(
    size, downsample
):
    image = np.random.default_rng(0).normal(size=(6, 4, 2)).astype("float32")
    layer = EqualizedConv2D(3, size, downsample, use_bias=False)
    outputs = to_numpy(layer(image[None]))[0]
    kernel = to_numpy(layer.kernel.value) / np.sqrt(size * size * 2)
    border = size // 2 + downsample
    image = np.pad(image, ((border, border), (border, border), (0, 0)))
    if downsample:
        blur = TAPS[:, :, None, None] * np.eye(2)
        image = correlate(image, blur)
    expected = correlate(image, kernel)
    if downsample:
        expected = expected[::2, ::2]
    assert outputs.shape == expected.shape
    np.testing.assert_allclose(outputs, expected, atol=1e-5)


def test_bias_and_activation_come_last():
    layer = EqualizedConv2D(1, 1, activation="relu")
    layer.build((None, 2, 2, 4))
    layer.set_weights([np.full((1, 1, 4, 1), 2.0), np.array([-3.0])])
    images = np.ones((1, 2, 2, 4), "float32")
    np.testing.assert_allclose(to_numpy(layer(images)), 1.0)
    np.testing.assert_allclose(to_numpy(layer(-images)), 0.0)


def test_config_round_trip():
    check_config_round_trip(EqualizedConv2D(2, 3, True, False, "relu"))
