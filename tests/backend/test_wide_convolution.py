"""Wide convolutions against the backend's own, to the second derivative."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from keras_productgen.backend import wide_convolution
from tests.checks import to_numpy

pytestmark = pytest.mark.backends

SHAPES = [(4, 2, 8), (6, 2, 4), (2, 2, 4)]  # kernel, stride, image


@pytest.fixture(params=["conv2d", "conv2d_transpose"])
def name(request, monkeypatch):
    monkeypatch.setattr(wide_convolution, "WIDE", 1)
    if keras.config.backend() == "jax":  # A picture at a time.
        from keras_productgen.backend import jax_convolution

        monkeypatch.setattr(jax_convolution, "MOST_VALUES", 1)
    return request.param


def arrays(name, size, stride, image_size):
    generator = np.random.default_rng(0)
    side = image_size if name == "conv2d" else image_size // stride
    channels = 6 if name == "conv2d" else 5
    shapes = [(2, side, side, channels), (size, size, 6, 5)]
    return [generator.normal(size=shape).astype("float32") for shape in shapes]


def keras_own(name, inputs, kernel, stride):
    own = {"conv2d": ops.conv, "conv2d_transpose": ops.conv_transpose}[name]
    return own(inputs, kernel, strides=(stride, stride), padding="same")


def ours(name, inputs, kernel, stride):
    strides = (stride, stride)
    return getattr(backend, name)(inputs, kernel, strides, "same")


def derivatives(convolve, name, stride, inputs, kernel):
    """The output, its gradients, and gradients of the square of the one."""

    def first(inputs, kernel):
        def of_kernel(kernel):
            return ops.sum(ops.sin(convolve(name, inputs, kernel, stride)))

        def of_inputs(inputs):
            return ops.sum(ops.sin(convolve(name, inputs, kernel, stride)))

        return (
            backend.input_gradient(of_inputs, inputs),
            backend.input_gradient(of_kernel, kernel),
        )

    def penalty(inputs):
        return sum(ops.sum(ops.square(part)) for part in first(inputs, kernel))

    return [
        convolve(name, inputs, kernel, stride),
        *first(inputs, kernel),
        backend.input_gradient(penalty, inputs),
    ]


@pytest.mark.parametrize("size,stride,image_size", SHAPES)
def test_agrees_with_keras(name, size, stride, image_size):
    inputs, kernel = map(
        ops.convert_to_tensor, arrays(name, size, stride, image_size)
    )
    results = derivatives(ours, name, stride, inputs, kernel)
    expected = derivatives(keras_own, name, stride, inputs, kernel)
    for result, value in zip(results, expected):
        value = to_numpy(value)
        np.testing.assert_allclose(
            to_numpy(result), value, atol=1e-5 * np.abs(value).max()
        )


def test_only_wide_kernels_go_another_way():
    wide = wide_convolution.is_wide
    assert wide((None, 8, 8, 256), (4, 4, 256, 512), (2, 2))
    assert not wide((None, 8, 8, 128), (4, 4, 128, 256), (2, 2))


@pytest.mark.parametrize(
    "images,kernel,strides",
    [
        ((1, None, 8, 256), (4, 4, 256, 512), (2, 2)),
        ((1, 7, 8, 256), (4, 4, 256, 512), (2, 2)),
        ((1, 8, 8, 256), (3, 3, 256, 512), (1, 1)),
        ((1, 8, 8, 256), (5, 5, 256, 512), (2, 2)),
        ((1, 9, 9, 256), (6, 6, 256, 512), (3, 3)),
        ((1, 8, 8, 256), (4, 2, 256, 512), (2, 2)),
        ((1, 8, 8, 256), (4, 4, 256, 512), (2, 1)),
    ],
)
def test_shapes_that_do_not_fold_are_left_to_keras(images, kernel, strides):
    assert not wide_convolution.is_wide(images, kernel, strides)


def test_a_kernel_may_be_a_variable_outside_of_graphs(name):
    inputs, kernel = arrays(name, 4, 2, 8)
    expected = to_numpy(
        ours(name, *map(ops.convert_to_tensor, (inputs, kernel)), 2)
    )
    outputs = ours(
        name,
        ops.convert_to_tensor(inputs),
        ops.convert_to_tensor(keras.Variable(kernel)),
        2,
    )
    np.testing.assert_array_equal(to_numpy(outputs), expected)
