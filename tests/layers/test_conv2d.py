import keras
import numpy as np
import pytest

from keras_productgen.layers import Conv2D
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


@pytest.mark.parametrize("kernel_size", [1, 3, 4, (4, 2)])
@pytest.mark.parametrize("strides", [1, 2, (2, 1)])
@pytest.mark.parametrize("padding", ["same", "valid"])
def test_gives_what_the_layer_of_keras_gives(kernel_size, strides, padding):
    arguments = (3, kernel_size, strides, padding)
    ours = Conv2D(*arguments, bias_initializer="random_normal")
    theirs = keras.layers.Conv2D(*arguments)
    images = np.random.default_rng(0).normal(size=(2, 5, 6, 4))
    images = images.astype("float32")
    for layer in (ours, theirs):
        layer.build(images.shape)
    theirs.set_weights(ours.get_weights())
    np.testing.assert_allclose(
        to_numpy(ours(images)), to_numpy(theirs(images)), atol=1e-5
    )


def test_config_round_trip():
    check_config_round_trip(Conv2D(2, 3, activation="relu"))
