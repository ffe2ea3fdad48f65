import numpy as np
import pytest

from keras_productgen.layers import EqualizedDense
from keras_productgen.layers import scaled_leaky_relu
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_outputs_by_hand():
    layer = EqualizedDense(
        1, initial_bias=3.0, learning_rate_multiplier=0.1, activation="relu"
    )
    layer.build((None, 4))
    assert to_numpy(layer.bias.value) == pytest.approx(30.0)
    layer.set_weights([np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([5.0])])
    inputs = np.array([[1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, -99.0]], "float32")
    # The kernel counts 0.1 / sqrt(4), the bias 0.1.
    np.testing.assert_allclose(to_numpy(layer(inputs)), [[1.0], [0.0]])


@pytest.mark.parametrize("multiplier", [1.0, 0.01])
def test_variance_is_kept_whatever_the_multiplier(multiplier):
    generator = np.random.default_rng(0)
    features = generator.normal(size=(256, 64)).astype("float32")
    for _ in range(4):
        features = EqualizedDense(
            64,
            learning_rate_multiplier=multiplier,
            activation=scaled_leaky_relu,
        )(features)
    assert 0.5 < np.mean(to_numpy(features) ** 2) < 2.0


def test_refuses_a_multiplier_of_zero():
    with pytest.raises(ValueError, match="learning_rate_multiplier=0"):
        EqualizedDense(3, learning_rate_multiplier=0)


def test_config_round_trip():
    check_config_round_trip(
        EqualizedDense(2, False, 1.0, 0.5, activation=scaled_leaky_relu)
    )
