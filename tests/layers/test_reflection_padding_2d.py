import keras
import numpy as np
import pytest

from keras_productgen.layers import ReflectionPadding2D
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


@pytest.mark.parametrize("padding", [1, 3])
def test_agrees_with_numpy(padding):
    inputs = np.random.default_rng(0).normal(size=(2, 4, 5, 3))
    edges = (padding, padding)
    expected = np.pad(inputs, ((0, 0), edges, edges, (0, 0)), "reflect")
    outputs = ReflectionPadding2D(padding)(inputs.astype("float32"))
    np.testing.assert_allclose(to_numpy(outputs), expected, rtol=1e-6)


def test_a_network_with_it_takes_pictures_of_any_size():
    images = keras.Input((None, None, 3))
    network = keras.Model(images, ReflectionPadding2D(2)(images))
    assert network.output_shape == (None, None, None, 3)
    padded = network.predict(np.zeros((1, 6, 9, 3), "float32"), verbose=0)
    assert padded.shape == (1, 10, 13, 3)


def test_config_round_trip():
    check_config_round_trip(ReflectionPadding2D(3))


def test_refuses_no_padding():
    with pytest.raises(ValueError, match="Received: padding=0"):
        ReflectionPadding2D(0)
