import numpy as np
import pytest

from keras_productgen.layers import ModulatedConv2D
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.layers.test_equalized_conv2d import TAPS
from tests.layers.test_equalized_conv2d import correlate

pytestmark = pytest.mark.backends


def kernels_of_pictures(layer, styles):
    """Equations 1 and 3 of the paper, for each picture."""
    kernel = to_numpy(layer.kernel.value).astype("float64")
    kernel /= np.sqrt(np.prod(kernel.shape[:3]))
    affine = to_numpy(layer.affine.kernel.value) / np.sqrt(styles.shape[1])
    scales = styles @ affine + to_numpy(layer.affine.bias.value)
    kernels = kernel * scales[:, None, None, :, None]
    if layer.demodulate:
        squares = (kernels**2).sum((1, 2, 3), keepdims=True)
        kernels /= np.sqrt(squares + 1e-8)
    return kernels


def upsampled(image, kernel):
    """Zeros between the pixels, the kernel spread over them, the blur."""
    height, width, _ = image.shape
    size = kernel.shape[0]
    outputs = np.zeros((2 * height - 1 + 2, 2 * width - 1 + 2, kernel.shape[3]))
    for row in range(height):
        for column in range(width):
            place = np.s_[
                2 * row : 2 * row + size, 2 * column : 2 * column + size
            ]
            outputs[place] += np.tensordot(image[row, column], kernel, (0, 2))
    outputs = np.pad(outputs, ((1, 1), (1, 1), (0, 0)))
    blur = 4 * TAPS[:, :, None, None] * np.eye(kernel.shape[3])
    return correlate(outputs, blur)


@pytest.mark.parametrize("upsample", [False, True])
@pytest.mark.parametrize("demodulate", [False, True])
def test_equals_a_kernel_for_each_picture(upsample, demodulate):
    generator = np.random.default_rng(0)
    images = generator.normal(size=(2, 3, 5, 4)).astype("float32")
    styles = generator.normal(size=(2, 6)).astype("float32")
    layer = ModulatedConv2D(3, 3, upsample, demodulate)
    layer.build(images.shape, styles.shape)
    layer.bias.assign([0.1, 0.2, 0.3])
    outputs = to_numpy(layer(images, styles))
    for image, kernel, output in zip(
        images, kernels_of_pictures(layer, styles), outputs
    ):
        if upsample:
            expected = upsampled(image, kernel)
        else:
            image = np.pad(image, ((1, 1), (1, 1), (0, 0)))
            expected = correlate(image, kernel)
        expected = expected + [0.1, 0.2, 0.3]
        assert output.shape == expected.shape
        np.testing.assert_allclose(output, expected, atol=1e-4)


def test_demodulation_takes_the_size_of_the_style_away():
    images = np.random.default_rng(0).normal(size=(1, 4, 4, 3))
    layer = ModulatedConv2D(2, 3)
    layer.build((1, 4, 4, 3), (1, 1))
    layer.affine.set_weights([np.ones((1, 3)), np.zeros(3)])
    small, large = (
        to_numpy(layer(images.astype("float32"), np.array([[size]], "float32")))
        for size in (1.0, 100.0)
    )
    np.testing.assert_allclose(small, large, atol=1e-5)


def test_config_round_trip():
    check_config_round_trip(ModulatedConv2D(2, 3, True, False))
