import keras
import numpy as np
import pytest

from keras_productgen.layers import SpectralNormalization
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


@pytest.mark.parametrize(
    "layer",
    [keras.layers.Dense(3), keras.layers.Conv2D(3, 1)],
    ids=["Dense", "Conv2D"],
)
def test_largest_singular_value_becomes_one(layer):
    wrapped = SpectralNormalization(layer, power_iterations=100)
    inputs = np.random.default_rng(0).normal(size=(2, 1, 1, 5))
    inputs = inputs.astype("float32")
    wrapped(inputs, training=True)
    outputs = to_numpy(wrapped(inputs))
    kernel = to_numpy(layer.kernel).reshape(5, 3)
    largest = np.linalg.svd(kernel)[1][0]
    np.testing.assert_allclose(outputs, inputs @ (kernel / largest), atol=1e-5)


def test_the_kernel_itself_stays_as_it_is():
    layer = keras.layers.Dense(3)
    wrapped = SpectralNormalization(layer)
    wrapped.build((2, 5))
    before = to_numpy(layer.kernel)
    wrapped(np.ones((2, 5), "float32"), training=True)
    np.testing.assert_array_equal(to_numpy(layer.kernel), before)


def test_only_training_moves_the_singular_vector():
    wrapped = SpectralNormalization(keras.layers.Dense(3))
    inputs = np.ones((2, 5), "float32")
    wrapped(inputs)
    before = to_numpy(wrapped.left_vector.value)
    wrapped(inputs, training=False)
    np.testing.assert_array_equal(to_numpy(wrapped.left_vector.value), before)
    wrapped(inputs, training=True)
    assert np.abs(to_numpy(wrapped.left_vector.value) - before).max() > 1e-4


def test_refuses_what_it_cannot_normalize():
    with pytest.raises(ValueError, match="Received: power_iterations=0"):
        SpectralNormalization(keras.layers.Dense(3), power_iterations=0)
    with pytest.raises(ValueError, match="must have a `kernel`"):
        SpectralNormalization(keras.layers.ReLU()).build((2, 5))


def test_config_round_trip():
    check_config_round_trip(SpectralNormalization(keras.layers.Dense(2), 3))
