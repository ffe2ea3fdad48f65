import numpy as np
import pytest

from keras_productgen.layers import NoiseInjection
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends

ZEROS = np.zeros((2, 16, 16, 3), "float32")


@pytest.fixture
def layer():
    layer = NoiseInjection(seed=0)
    layer.build(ZEROS.shape)
    layer.strength.assign(0.5)
    return layer


def test_noise_is_nothing_before_training():
    outputs = NoiseInjection()(ZEROS, training=True)
    np.testing.assert_array_equal(to_numpy(outputs), 0.0)


def test_noise_of_training_is_new_for_every_picture_and_call(layer):
    first, second = (to_numpy(layer(ZEROS, training=True)) for _ in range(2))
    assert first.std() == pytest.approx(0.5, abs=0.05)
    for other in (second[0], first[1]):
        assert abs(np.corrcoef(first[0].ravel(), other.ravel())[0, 1]) < 0.2


def test_noise_is_the_same_in_all_channels(layer):
    noise = to_numpy(layer(ZEROS, training=True))
    np.testing.assert_array_equal(noise[..., 0], noise[..., 2])


def test_noise_is_fixed_outside_training(layer):
    first, second = to_numpy(layer(ZEROS)), to_numpy(layer(ZEROS[:1]))
    np.testing.assert_array_equal(first[0], first[1])
    np.testing.assert_array_equal(first[:1], second)
    assert first.std() == pytest.approx(0.5, abs=0.1)


def test_config_round_trip():
    check_config_round_trip(NoiseInjection(seed=3))
