import keras
import numpy as np
import pytest

from keras_productgen.layers import GatedConv2D
from tests.checks import check_config_round_trip
from tests.checks import check_save_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def images(*shape):
    return np.random.default_rng(0).normal(size=shape).astype("float32")


def test_agrees_with_a_loop_over_places():
    layer = GatedConv2D(3, 3, activation="relu")
    x = images(2, 5, 6, 4)
    outputs = to_numpy(layer(x))
    kernel, bias = (to_numpy(w.value) for w in layer.trainable_weights)
    bias = np.arange(6, dtype="float32") / 10
    layer.trainable_weights[1].assign(bias)
    outputs = to_numpy(layer(x))
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    expected = np.empty((2, 5, 6, 3))
    for row, column in np.ndindex(5, 6):
        window = padded[:, row : row + 3, column : column + 3]
        both = np.einsum("nijc,ijcf->nf", window, kernel) + bias
        features, gates = both[:, :3], both[:, 3:]
        opened = 1.0 / (1.0 + np.exp(-gates))
        expected[:, row, column] = np.maximum(features, 0.0) * opened
    np.testing.assert_allclose(outputs, expected, atol=1e-5)


@pytest.mark.parametrize(
    "settings, places",
    [({}, (8, 10)), ({"strides": 2}, (4, 5)), ({"dilation_rate": 4}, (8, 10))],
    ids=str,
)
def test_shape_is_known_before(settings, places):
    layer = GatedConv2D(3, 3, **settings)
    assert layer(images(2, 8, 10, 4)).shape == (2, *places, 3)
    expected = (None, *places, 3)
    assert layer.compute_output_shape((None, 8, 10, 4)) == expected


def test_closed_gates_let_nothing_through():
    layer = GatedConv2D(2, 1)
    x = images(1, 3, 3, 2)
    layer.build(x.shape)
    layer.trainable_weights[1].assign([0.0, 0.0, -100.0, -100.0])
    np.testing.assert_allclose(to_numpy(layer(x)), 0.0, atol=1e-20)


def test_config_and_saving_round_trip(tmp_path):
    layer = GatedConv2D(3, 5, strides=2, activation="tanh")
    check_config_round_trip(layer)
    inputs = keras.Input((8, 8, 2))
    model = keras.Model(inputs, layer(inputs))
    check_save_round_trip(model, images(1, 8, 8, 2), tmp_path / "model.keras")


def test_no_filters_are_refused():
    with pytest.raises(ValueError, match="Received: filters=0"):
        GatedConv2D(0, 3)
