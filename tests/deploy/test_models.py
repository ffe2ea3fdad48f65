"""Which models and versions are served, in files of TensorFlow Serving."""

import pathlib
import re

from keras_productgen import models
from keras_productgen.serving import config
from tests.deploy import files

PLAIN = files.DEPLOY / "serving" / "models.config"
CANARY = files.DEPLOY / "canary" / "labels" / "models.config"


def split(name):
    return (files.DEPLOY / "canary" / "split" / name).read_text()


def test_models_are_those_that_come_with_the_package():
    found = {model.name: model.base_path for model in config.read_models(PLAIN)}
    assert set(found) == {"denoise", "catalog"}
    assert set(found) <= set(models.shipped_models())
    for name, path in found.items():
        assert path == pathlib.Path("/models", name)


def test_the_canary_has_both_labels_on_versions_that_serve():
    canary, other = config.read_models(CANARY)
    assert canary.labels == {"stable": 1, "canary": 2}
    assert canary.policy.choose([1, 2, 3]) == [1, 2]
    assert other.labels == {}
    assert [m.name for m in config.read_models(PLAIN)] == [
        canary.name,
        other.name,
    ]


def test_the_gateway_splits_the_models_that_have_labels():
    labelled = {m.name for m in config.read_models(CANARY) if m.labels}
    (names,) = re.findall(
        r"location ~ \^/v1/models/\(\?:([^)]*)\):", split("location.conf")
    )
    assert set(names.split("|")) == labelled


def test_the_gateway_gives_labels_that_the_server_knows():
    block = re.search(r"\{(.*)\}", split("split.conf"), re.DOTALL).group(1)
    given = re.findall(r"(?m)^\s*\S+\s+(\w+);", block)
    known = [set(m.labels) for m in config.read_models(CANARY) if m.labels]
    assert given == ["canary", "stable"]
    assert all(set(given) == labels for labels in known)
    # The rest, and not a part of it, stays where it was.
    assert re.search(r"(?m)^\s*\*\s+stable;", block)


def test_what_the_gateway_calls_a_label_is_what_it_has_set():
    (name,) = re.findall(
        r"split_clients \"[^\"]*\" (\$\w+)", split("split.conf")
    )
    assert f"/labels/{name}:" in split("location.conf")


def test_batches_are_filled_up_to_sizes_that_are_allowed():
    path = files.DEPLOY / "serving" / "batching.config"
    found = config.read_batching(path)
    assert found.max_batch_size == found.allowed_batch_sizes[-1] == 16


def test_a_host_serves_the_same_models_from_its_own_folder(tmp_path):
    path = tmp_path / "models.config"
    path.write_text(files.rendered("models.config"))
    found = config.read_models(path)
    assert [model.name for model in found] == ["denoise", "catalog"]
    assert found[0].base_path == pathlib.Path("/srv/models/denoise")
