import keras
import numpy as np
import pytest

from keras_productgen.layers import addons
from tests.checks import check_config_round_trip
from tests.checks import check_save_round_trip
from tests.checks import to_numpy
from tests.models.legacy import formulas

LAYERS = {
    "FilterResponseNormalization": lambda: addons.FilterResponseNormalization(
        learned_epsilon=True
    ),
    "GELU": lambda: addons.GELU(approximate=False),
    "Maxout": lambda: addons.Maxout(2, axis=1),
    "WeightNormalization": lambda: addons.WeightNormalization(
        keras.layers.Conv2D(3, 2), data_init=False
    ),
}


@pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)
def test_saves(make, tmp_path):
    check_config_round_trip(make())
    inputs = keras.Input((4, 4, 6))
    model = keras.Model(inputs, make()(inputs))
    images = np.random.default_rng(0).normal(size=(2, 4, 4, 6))
    check_save_round_trip(model, images, tmp_path / "model.keras")


@pytest.mark.parametrize("name", ["gelu", "lisht", "snake"])
def test_activation_agrees_with_its_formula(name):
    values = np.linspace(-3, 3, 31).astype("float32")
    activation = getattr(addons, name)
    np.testing.assert_allclose(
        to_numpy(activation(values)), getattr(formulas, name)(values), atol=1e-6
    )


@pytest.mark.backends
def test_weight_normalization_sets_the_length_of_each_output():
    layer = keras.layers.Dense(3, use_bias=False)
    wrapped = addons.WeightNormalization(layer)
    inputs = np.eye(5, dtype="float32")
    before = to_numpy(wrapped(inputs))
    np.testing.assert_allclose(
        before, to_numpy(layer.kernel), rtol=1e-5, atol=1e-6
    )
    wrapped(inputs, training=True)
    assert bool(to_numpy(wrapped.initialized.value))
    wrapped.g.assign([1.0, 2.0, 3.0])
    lengths = np.linalg.norm(to_numpy(wrapped(inputs)), axis=0)
    np.testing.assert_allclose(lengths, [1, 2, 3], rtol=1e-5)


def test_refuses_what_it_cannot_work_with():
    with pytest.raises(ValueError, match="must have a `kernel`"):
        addons.WeightNormalization(keras.layers.ReLU()).build((2, 5))
    with pytest.raises(ValueError, match="num_units=4, features=6"):
        addons.Maxout(4).build((2, 6))
