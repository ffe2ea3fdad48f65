"""What older versions of TensorFlow and Keras left, exported again."""

import json

import h5py
import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import export
from keras_productgen.models import load_legacy
from tests.models.legacy.chain import gan_layers
from tests.models.legacy.chain import write


class Old(tf.Module):
    """A SavedModel as TensorFlow 2 wrote them, with a picky signature."""

    def __init__(self):
        self.weight = tf.Variable([1.0, 2.0])

    @tf.function(input_signature=[tf.TensorSpec([None, 2], name="x")])
    def predict(self, x):
        return {"y": x * self.weight}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, "data")])
    def parse(self, data):
        return {"number": tf.strings.to_number(data)}


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    path = tmp_path_factory.mktemp("old") / "model"
    module = Old()
    signatures = {"serving_default": module.predict, "parse": module.parse}
    tf.saved_model.save(module, str(path), signatures)
    stale = path / "assets.extra" / "tf_serving_warmup_requests"
    stale.parent.mkdir()
    stale.write_bytes(b"of another version")
    return path


def card(version):
    return json.loads((version / "assets.extra/productgen.json").read_text())


def test_a_saved_model_keeps_its_graph_and_gets_the_rest(old, tmp_path):
    version = export.saved_model(old, tmp_path / "again", batch_sizes=(1, 2))
    for name in ("saved_model.pb", "variables/variables.index"):
        assert (version / name).read_bytes() == (old / name).read_bytes()
    loaded = tf.saved_model.load(str(version))
    made = loaded.signatures["serving_default"](x=tf.constant([[3.0, 4.0]]))
    np.testing.assert_array_equal(made["y"], [[3.0, 8.0]])
    found = card(version)
    assert found["signatures"] == {
        "serving_default": {"x": {"dtype": "float32", "shape": [None, 2]}},
        "parse": {"data": {"dtype": "string", "shape": [None]}},
    }
    assert (version / "batching_params.pbtxt").is_file()
    assert (version / "assets.extra/provenance.json").is_file()


def test_requests_it_does_not_answer_are_left_out_and_named(old, tmp_path):
    version = export.saved_model(old, tmp_path / "again", batch_sizes=(1, 2))
    found = card(version)["warm_up"]
    assert list(found["refused"]) == ["parse"] and found["refused"]["parse"]
    assert found.get("requests", 2) == 2
    stale = version / "assets.extra/tf_serving_warmup_requests"
    assert not stale.exists() or stale.read_bytes() != b"of another version"


def test_refuses_what_tensorflow_cannot_load(old, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    data = (old / "saved_model.pb").read_bytes()
    # As a graph of tensorflow-addons names operations that are gone.
    data = data.replace(b"StringToNumber", b"AddonsToNumber")
    (broken / "saved_model.pb").write_bytes(data)
    with pytest.raises(ValueError, match="that TensorFlow can load"):
        export.saved_model(broken, tmp_path / "again")
    with pytest.raises(ValueError, match="keeps the signatures it has"):
        export.saved_model(old, tmp_path / "again", signatures=["parse"])
    assert list((tmp_path / "again").iterdir()) == []


def test_a_file_with_addons_layers_is_served(tmp_path):
    path = write("h5", tmp_path / "old.h5", gan_layers(), (6, 7, 3))
    version = export.saved_model(path, tmp_path / "again", batch_sizes=(1,))
    loaded = tf.saved_model.load(str(version))
    generator = np.random.default_rng(0)
    rows = generator.normal(size=(2, 6, 7, 3)).astype("float32")
    function = loaded.signatures["serving_default"]
    (made,) = function(images=tf.constant(rows)).values()
    expected = load_legacy(path).predict_on_batch(rows)
    np.testing.assert_allclose(made.numpy(), expected, atol=1e-5)
    assert set(card(version)["signatures"]) == {
        "serving_default",
        "predict",
        "describe",
    }


def test_refuses_a_file_of_weights_alone(tmp_path):
    path = tmp_path / "weights.h5"
    with h5py.File(path, "w") as file:
        file["kernel"] = np.zeros(3)
    with pytest.raises(ValueError, match="whole model"):
        export.saved_model(path, tmp_path / "again")
    (tmp_path / "no.keras").write_bytes(b"text")
    with pytest.raises(ValueError, match="must be a saved model"):
        export.saved_model(tmp_path / "no.keras", tmp_path / "again")
