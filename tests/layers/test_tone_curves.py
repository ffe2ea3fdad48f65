import numpy as np
import pytest
from keras import ops

from keras_productgen import layers

pytestmark = pytest.mark.backends


def curved(colors, parameters):
    """One colour in [0, 1] through the layer."""
    images = 2.0 * np.array(colors, "float32")[None, None, None] - 1.0
    outputs = layers.ToneCurves()(
        (images, np.array(parameters, "float32")[None])
    )
    return (ops.convert_to_numpy(outputs)[0, 0, 0] + 1.0) / 2.0


def test_zeros_change_nothing():
    color = (0.1, 0.5, 0.9)
    np.testing.assert_allclose(curved(color, np.zeros(33)), color, atol=1e-6)


def test_gains_mixing_and_curves_are_those_of_the_formula():
    parameters = np.random.default_rng(0).normal(0, 0.3, 33)
    color = np.array([0.2, 0.5, 0.4])
    matrix = np.diag(np.exp(parameters[:3]))
    places = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]
    for place, value in zip(places, parameters[3:9], strict=True):
        matrix[place] = np.tanh(value)
    wanted = np.clip(color @ matrix, 0.0, 1.0)
    for bends in np.tanh(parameters[9:]).reshape(8, 3):
        wanted = wanted + bends * wanted * (1.0 - wanted)
    np.testing.assert_allclose(curved(color, parameters), wanted, atol=1e-5)


def test_curves_keep_order_and_range():
    """Brighter stays brighter, whatever the parameters are."""
    tones = np.linspace(0, 1, 256, dtype="float32")
    images = np.repeat(2.0 * tones[None, None, :, None] - 1.0, 3, axis=-1)
    parameters = np.random.default_rng(0).normal(0, 3, (1, 33))
    parameters[:, :9] = 0.0
    outputs = layers.ToneCurves()((images, parameters.astype("float32")))
    outputs = ops.convert_to_numpy(outputs)[0, 0]
    assert (np.diff(outputs, axis=0) >= -1e-6).all()
    assert abs(outputs).max() <= 1.0 + 1e-6
