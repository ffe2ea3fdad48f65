import keras
import numpy as np
import pytest

from keras_productgen.layers import NoiseDropout
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_signs_of_the_noise_choose_what_stays():
    inputs = np.array([[[1.0, 2.0], [3.0, 4.0]]], "float32")
    noise = np.array([[9.0, 0.3, -0.1, -2.0, 0.5, -9.0]], "float32")
    outputs = to_numpy(NoiseDropout(offset=1)(inputs, noise))
    np.testing.assert_array_equal(outputs, [[[2.0, 0.0], [0.0, 8.0]]])


def test_drops_its_rate_and_keeps_the_mean():
    noise = np.random.default_rng(0).normal(size=(4, 10_000)).astype("float32")
    outputs = to_numpy(NoiseDropout(rate=0.2)(np.ones_like(noise), noise))
    assert np.mean(outputs == 0.0) == pytest.approx(0.2, abs=0.01)
    assert outputs.mean() == pytest.approx(1.0, abs=0.02)


def test_drops_nothing_at_inference_when_told_so():
    inputs, noise = np.ones((2, 3), "float32"), -np.ones((2, 3), "float32")
    layer = NoiseDropout(at_inference=False)
    np.testing.assert_array_equal(to_numpy(layer(inputs, noise)), inputs)
    trained = to_numpy(layer(inputs, noise, training=True))
    np.testing.assert_array_equal(trained, np.zeros((2, 3)))


def test_config_round_trip():
    check_config_round_trip(NoiseDropout(0.3, offset=4, at_inference=False))


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_refuses_to_drop_nothing_or_all(rate):
    with pytest.raises(ValueError, match=f"Received: rate={rate}"):
        NoiseDropout(rate)


def test_takes_half_precision():
    layer = NoiseDropout(dtype="mixed_bfloat16")
    outputs = layer(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))
    assert keras.backend.standardize_dtype(outputs.dtype) == "bfloat16"


def test_stands_in_a_network_and_its_copy():
    inputs, noise = keras.Input((4, 2)), keras.Input((10,))
    outputs = NoiseDropout(offset=2)(inputs, noise)
    network = keras.Model([inputs, noise], outputs)
    copy = keras.models.clone_model(network)
    generator = np.random.default_rng(0)
    values = generator.normal(size=(3, 4, 2)).astype("float32")
    numbers = generator.normal(size=(3, 10)).astype("float32")
    np.testing.assert_array_equal(
        to_numpy(copy([values, numbers])),
        2.0 * values * (numbers[:, 2:].reshape(3, 4, 2) > 0.0),
    )
