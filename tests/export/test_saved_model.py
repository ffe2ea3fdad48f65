import hashlib
import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import export
from keras_productgen.export import bundle

OTHER_BACKEND = """
import sys
import numpy as np
from keras_productgen import export
from keras_productgen import models

model = models.DCGAN(image_size=8, latent_dim=4, width=4, seed=0)
np.save(sys.argv[1] + "/expected.npy", model.generate(3, seed=5))
print(export.saved_model(model, sys.argv[1] + "/model"))
"""


def card(version):
    return json.loads((version / "assets.extra/productgen.json").read_text())


def generate(version, num_images, seed):
    function = tf.saved_model.load(str(version)).signatures["serving_default"]
    outputs = function(
        seed=tf.fill([num_images], tf.constant(seed, tf.int64)),
        index=tf.range(num_images, dtype=tf.int64),
    )
    return outputs["png_bytes"].numpy()


def test_versions_follow_each_other_and_old_ones_go(plain_model, tmp_path):
    directory = tmp_path / "shop" / "shoes"
    paths = [export.saved_model(plain_model, directory) for _ in range(2)]
    assert paths == [directory / "1", directory / "2"]
    newest = export.saved_model(plain_model, str(directory), keep=1)
    assert list(directory.iterdir()) == [newest] == [directory / "3"]


def test_a_failure_midway_leaves_no_version(plain_model, tmp_path, monkeypatch):
    def fail(*arguments):
        raise OSError("disk full")

    monkeypatch.setattr(bundle.model_card, "write", fail)
    if keras.backend.backend() != "tensorflow":
        pytest.skip("another process writes the version")
    with pytest.raises(OSError, match="disk full"):
        export.saved_model(plain_model, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_keras_file_gives_the_same_pictures(
    plain_model, plain_version, tmp_path
):
    path = tmp_path / "model.keras"
    plain_model.save(path)
    version = export.saved_model(path, tmp_path / "from_file")
    np.testing.assert_array_equal(
        generate(version, 3, seed=1), generate(plain_version, 3, seed=1)
    )


def test_the_card_says_what_clients_must_know(
    conditional_model, conditional_version
):
    found = card(conditional_version)
    assert found["model"] == "ConditionalGAN"
    assert found["name"] == "conditional"
    assert found["config"]["width"] == 4
    assert found["image_shape"] == [8, 8, 3]
    assert found["value_range"] == [-1, 1]
    assert found["conditions"] == {
        "category": {
            "kind": "category",
            "size": 3,
            "values": ["dress", "hat", "shoes"],
        },
        "pattern": {"kind": "category", "size": 4},
        "color": {"kind": "vector", "size": 3},
    }
    assert found["signatures"]["serving_default"]["color"] == {
        "dtype": "float32",
        "shape": [None, 3],
    }
    assert found["versions"]["tensorflow"] == tf.__version__
    weights = conditional_model.ema_generator.get_weights()
    digest = hashlib.sha256(b"".join(w.tobytes() for w in weights))
    assert found["weights_sha256"] == digest.hexdigest()


@pytest.mark.parametrize("keep", [0, -1, 1.5])
def test_refuses_to_keep_no_version(plain_model, tmp_path, keep):
    with pytest.raises(ValueError, match="Received: keep="):
        export.saved_model(plain_model, tmp_path / "model", keep=keep)
    assert not (tmp_path / "model").exists()


def test_refuses_a_file_as_directory(plain_model, tmp_path):
    (tmp_path / "taken").write_text("something else")
    with pytest.raises(ValueError, match="a file"):
        export.saved_model(plain_model, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "something else"


def test_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ValueError, match="exists .*Received: .*absent.keras"):
        export.saved_model(tmp_path / "absent.keras", tmp_path / "model")


def test_refuses_what_is_no_model_and_says_what_it_takes(tmp_path):
    class Called(keras.Model):
        def call(self, inputs):
            return inputs

    for model in (3, Called()):
        with pytest.raises(ValueError, match="DCGAN, ConditionalGAN"):
            export.saved_model(model, tmp_path / "model")
    assert not any(tmp_path.glob("model/*"))


@pytest.mark.parametrize("sizes", [(), (0, 1), (4, 2), (1, 1), (1.0, 2)])
def test_refuses_batch_sizes_that_do_not_rise(plain_model, tmp_path, sizes):
    with pytest.raises(ValueError, match="Received: batch_sizes="):
        export.saved_model(plain_model, tmp_path / "model", batch_sizes=sizes)
    assert not (tmp_path / "model").exists()


def test_refuses_signatures_that_the_model_does_not_have(plain_model, tmp_path):
    for names in (["restore"], []):
        with pytest.raises(ValueError, match="`signatures` must be out of"):
            export.saved_model(plain_model, tmp_path, signatures=names)
    with pytest.raises(ValueError, match="has its own"):
        export.saved_model(plain_model, tmp_path, value_range=(0, 1))
    assert list(tmp_path.iterdir()) == []


def test_servers_are_told_how_to_merge_requests(plain_version):
    text = (plain_version / "batching_params.pbtxt").read_text()
    lines = text.splitlines()
    assert lines[0] == "max_batch_size { value: 8 }"
    allowed = [line for line in lines if line.startswith("allowed_batch_sizes")]
    assert allowed == [f"allowed_batch_sizes: {size}" for size in (1, 2, 4, 8)]


def test_where_it_comes_from_lies_beside_it_with_digests(plain_model, tmp_path):
    path = tmp_path / "trained.keras"
    plain_model.save(path)
    version = export.saved_model(path, tmp_path / "m", card={"data": "ours"})
    record = (version / "assets.extra/provenance.json").read_text()
    record = json.loads(record)
    assert record["source"] == {
        "name": "trained",
        "file": "trained.keras",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    assert record["weights_sha256"] == card(version)["weights_sha256"]
    assert card(version)["training"] == {"data": "ours"}
    for name, digest in record["files"].items():
        data = (version / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
    assert "variables/variables.index" in record["files"]


def test_a_model_that_comes_along_is_exported_by_its_name(tmp_path):
    version = export.saved_model(
        "denoise", tmp_path / "m", signatures=["images"], batch_sizes=[1]
    )
    found = card(version)
    assert found["model"] == "NAFNet"
    assert found["training"]["task"] == "denoise"
    function = tf.saved_model.load(str(version)).signatures["describe"]
    (text,) = function(format=tf.ones([1], tf.int32))["description"].numpy()
    told = json.loads(text)
    assert (told["model"], told["task"]) == ("NAFNet", "denoise")
    assert (told["scale"], told["conditions"]) == (1, {})
    assert set(found["signatures"]) == {
        "serving_default",
        "images",
        "describe",
    }


@pytest.mark.slow
@pytest.mark.backends
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_exports_from_another_backend(backend, tmp_path):
    pytest.importorskip(backend)
    process = subprocess.run(
        [sys.executable, "-c", OTHER_BACKEND, str(tmp_path)],
        env={**os.environ, "KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
    )
    assert process.returncode == 0, process.stderr
    version = tmp_path / "model" / "1"
    assert process.stdout.split()[-1] == str(version)
    expected = np.load(tmp_path / "expected.npy")
    for data, image in zip(generate(version, 3, seed=5), expected):
        made = tf.io.decode_png(data).numpy().astype("int")
        assert np.abs(made - np.rint(image)).max() <= 1
