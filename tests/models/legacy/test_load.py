import keras
import numpy as np
import pytest

from keras_productgen.layers import addons
from keras_productgen.models import load_legacy
from keras_productgen.models.legacy.configs import model_from
from tests.checks import to_numpy
from tests.models.legacy import old_files
from tests.models.legacy.chain import gan_formula
from tests.models.legacy.chain import gan_layers
from tests.models.legacy.chain import write
from tests.models.legacy.old_files import OldLayer

LARGEST_DIFFERENCE = 3e-6
WRITERS = ("h5", "h5 of 2.8", "keras")


@pytest.mark.backends
@pytest.mark.parametrize("kind", WRITERS)
def test_predicts_what_tensorflow_addons_did(kind, tmp_path):
    layers = gan_layers()
    images = np.random.default_rng(1).normal(size=(2, 6, 7, 3))
    images = images.astype("float32")
    expected = gan_formula(images, layers)
    assert np.ptp(expected) > 1
    model = load_legacy(write(kind, tmp_path / "old", layers, (6, 7, 3)))
    difference = np.abs(to_numpy(model(images)) - expected).max()
    assert difference < LARGEST_DIFFERENCE
    model.save(tmp_path / "new.keras")
    again = keras.saving.load_model(tmp_path / "new.keras")
    difference = np.abs(to_numpy(again(images)) - expected).max()
    assert difference < LARGEST_DIFFERENCE


def test_what_keras_has_itself_becomes_layers_of_keras(tmp_path):
    names = ("Instance", "Spectral", "Group", "Adaptive", "Conv", "Activation")
    layers = gan_layers()
    model = load_legacy(write("h5", tmp_path / "old.h5", layers, (6, 7, 3)))
    for old, new in zip(layers, model.layers[1:]):
        if old.class_name.removeprefix("Addons>").startswith(names):
            assert type(new).__module__.startswith("keras.src.layers")


def test_a_loaded_model_trains(tmp_path):
    layers = gan_layers()
    model = load_legacy(write("keras", tmp_path / "old", layers, (6, 7, 3)))
    before = [to_numpy(weight.value) for weight in model.trainable_weights]
    model.compile("sgd", "mse")
    images = np.random.default_rng(1).normal(size=(2, 6, 7, 3))
    model.fit(images, np.ones((2, 3, 5, 4)), verbose=0)
    for weight, old in zip(model.trainable_weights, before):
        assert np.abs(to_numpy(weight.value) - old).max() > 0, weight.path


def test_weights_to_initialize_by_are_left_out(tmp_path):
    layers = gan_layers()
    weights = old_files.h5_weights(layers)
    names = weights["layer_4"]
    names["data_dep_init/kernel"] = np.zeros_like(names["kernel"])
    names["data_dep_init/bias"] = np.zeros_like(names["bias"])
    config = old_files.chain_config(layers, (6, 7, 3))
    old_files.write_h5(tmp_path / "old.h5", config, weights)
    model = load_legacy(tmp_path / "old.h5")
    np.testing.assert_array_equal(
        to_numpy(model.get_layer("layer_4").layer.bias.value), names["bias"]
    )


def test_loads_models_of_keras_3_too(tmp_path):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    model.save(tmp_path / "new.keras")
    inputs = np.ones((1, 3), "float32")
    loaded = load_legacy(tmp_path / "new.keras")
    np.testing.assert_array_equal(
        to_numpy(loaded(inputs)), to_numpy(model(inputs))
    )


def test_functions_and_policies_are_translated():
    function = {"class_name": "function", "config": "Addons>lisht"}
    config = {
        "class_name": "TimeDistributed",
        "config": {
            "name": "each",
            "dtype": {"class_name": "Policy", "config": {"name": "float64"}},
            "layer": {
                "class_name": "Dense",
                "config": {"units": 2, "activation": function, "name": "dense"},
            },
        },
    }
    layers = [
        {
            "class_name": "InputLayer",
            "config": {"batch_input_shape": [None, 4, 3], "name": "images"},
        },
        {"class_name": "BatchNormalization", "config": {"axis": [2]}},
        config,
    ]
    model = model_from(
        {"class_name": "Sequential", "config": {"name": "a", "layers": layers}}
    )
    assert model.layers[0].axis == 2
    assert model.layers[1].layer.activation is addons.lisht
    assert model.layers[1].dtype_policy.name == "float64"


@pytest.mark.parametrize("kind", ["h5", "keras"])
def test_a_layer_registered_by_its_old_name_is_taken(kind, tmp_path):
    class TLU(keras.layers.Layer):
        def build(self, input_shape):
            self.tau = self.add_weight(input_shape[1:], name="tau")

        def call(self, inputs):
            return keras.ops.maximum(inputs, self.tau)

    tau = np.array([0.0, 1.0], "float32")
    layers = old_files.named([OldLayer("Addons>TLU", {}, {"tau": tau})])
    path = write(kind, tmp_path / "old", layers, (2,))
    with keras.saving.custom_object_scope({"Addons>TLU": TLU}):
        model = load_legacy(path)
    np.testing.assert_array_equal(
        to_numpy(model(np.array([[0.5, 0.5]], "float32"))), [[0.5, 1.0]]
    )
