import json
import zipfile

import h5py
import pytest

from keras_productgen.models import load_legacy
from tests.models.legacy import old_files
from tests.models.legacy.chain import gan_layers
from tests.models.legacy.chain import write
from tests.models.legacy.old_files import OldLayer


def test_refuses_weights_that_do_not_fit(tmp_path):
    layers = gan_layers()
    weights = old_files.h5_weights(layers)
    config = old_files.chain_config(layers, (6, 7, 3))
    kernel = weights["layer_0"].pop("kernel")
    old_files.write_h5(tmp_path / "less.h5", config, weights)
    with pytest.raises(ValueError, match="an array for each weight.*kernel"):
        load_legacy(tmp_path / "less.h5")
    weights["layer_0"] |= {"kernel": kernel, "another": kernel}
    old_files.write_h5(tmp_path / "more.h5", config, weights)
    with pytest.raises(ValueError, match="as many weights as the file"):
        load_legacy(tmp_path / "more.h5")


@pytest.mark.parametrize("name", ["Addons>TLU", "TFOpLambda"])
def test_refuses_what_has_no_equal_by_name(name, tmp_path):
    layers = old_files.named([OldLayer(name, {})])
    for kind in ("h5", "keras"):
        path = write(kind, tmp_path / kind, layers, (3,))
        with pytest.raises(ValueError, match=f"equal of.*with {name}"):
            load_legacy(path)


def test_refuses_what_is_no_model(tmp_path):
    with pytest.raises(ValueError, match="TFSMLayer"):
        load_legacy(tmp_path)
    with pytest.raises(ValueError, match="a saved model.*nothing.h5"):
        load_legacy(tmp_path / "nothing.h5")
    with h5py.File(tmp_path / "weights.h5", "w") as file:
        file.create_group("dense")
    with pytest.raises(ValueError, match="weights alone"):
        load_legacy(tmp_path / "weights.h5")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "")
    with pytest.raises(ValueError, match="must hold a Keras model"):
        load_legacy(tmp_path / "other.zip")


VERSION = json.dumps({"keras_version": "2.15.0"})


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"config.json": "{}"}, "without metadata.json"),
        (
            {"config.json": "{}", "metadata.json": VERSION},
            "without model.weights.h5",
        ),
        (
            {"config.json": "{}", "metadata.json": "[1"},
            "whose metadata.json is damaged",
        ),
        (
            {
                "config.json": "{}",
                "metadata.json": VERSION,
                "model.weights.h5": "",
            },
            "a Functional or Sequential model.*class_name=None",
        ),
    ],
)
def test_refuses_what_lacks_a_part(files, message, tmp_path):
    with zipfile.ZipFile(tmp_path / "model.keras", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    with pytest.raises(ValueError, match=message):
        load_legacy(tmp_path / "model.keras")
