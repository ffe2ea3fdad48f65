"""Configuration files as TensorFlow Serving's users have them."""

import pathlib

import pytest

from keras_productgen.serving import config
from keras_productgen.serving.batching import Batching


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "file.txt"
        path.write_text(text)
        return path

    return write


def test_reads_models(file):
    models = config.read_models(
        file(
            """
            model_config_list: {
              config: { name: "a", base_path: "/models/a",
                        model_platform: "tensorflow" },
              config { name: "b" base_path: "relative"
                       model_version_policy { latest { num_versions: 2 } } }
              config { name: "c" base_path: "/c"
                       model_version_policy {
                         specific { versions: 3 versions: 1 } }
                       version_labels { key: "stable" value: 1 } }
              config { name: "d" base_path: "/d"
                       model_version_policy { all {} } }
            }"""
        )
    )
    found = {model.name: model.policy.choose([5, 1, 3, 4]) for model in models}
    assert found == {"a": [5], "b": [4, 5], "c": [1, 3], "d": [1, 3, 4, 5]}
    assert models[0].base_path == pathlib.Path("/models/a")
    assert models[1].base_path.is_absolute()
    assert models[2].labels == {"stable": 1}


@pytest.mark.parametrize(
    "text, message",
    [
        (
            "improperly formatted file",
            "Error parsing text-format tensorflow.serving.ModelServerConfig",
        ),
        ('model_config_list { config { name: "a" } }', "`base_path`"),
        (
            'model_config_list { config { name: "a" base_path: "/a" } '
            'config { name: "a" base_path: "/b" } }',
            "'a' twice",
        ),
        (
            'model_config_list { config { name: "a" base_path: "/a" '
            'model_platform: "caffe" } }',
            "caffe",
        ),
    ],
)
def test_refuses_models(file, text, message):
    with pytest.raises(ValueError, match=message):
        config.read_models(file(text))


def test_reads_batching(file):
    found = config.read_batching(
        file(
            "max_batch_size { value: 128 } batch_timeout_micros { value: 0 }\n"
            "max_enqueued_batches { value: 1000000 } num_batch_threads "
            '{ value: 8 } thread_pool_name { value: "x" }\n'
            "allowed_batch_sizes: 16 allowed_batch_sizes: 128"
        )
    )
    assert found == Batching(128, 0, 8, 1_000_000, (16, 128))
    assert config.read_batching(file("")) == Batching()


@pytest.mark.parametrize(
    "text, message",
    [
        ("max_batch_size: 3", "Error parsing"),
        ("max_batch_size { value: 0 }", "max_batch_size=0"),
        ("pad_variable_length_inputs: true", "pad_variable_length_inputs"),
        ("max_size { value: 3 }", "max_size"),
    ],
)
def test_refuses_batching(file, text, message):
    with pytest.raises(ValueError, match=message):
        config.read_batching(file(text))


@pytest.mark.parametrize(
    "text, path",
    [
        (
            'prometheus_config { enable: true, path: "/metrics" }',
            "/metrics",
        ),
        (
            "prometheus_config { enable: true }",
            "/monitoring/prometheus/metrics",
        ),
        ("prometheus_config { enable: false }", None),
        ("", None),
    ],
)
def test_reads_monitoring(file, text, path):
    assert config.read_monitoring(file(text)) == path


def test_reads_certificates(file):
    tls = config.read_tls(
        file('server_key: "-BEGIN k" server_cert: "-BEGIN c"')
    )
    assert (tls.key, tls.certificate) == (b"-BEGIN k", b"-BEGIN c")
    with pytest.raises(ValueError, match="Received: "):
        config.read_tls(file('server_key: "-BEGIN k"'))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ValueError, match="nowhere.txt"):
        config.read_models(tmp_path / "nowhere.txt")


def test_folders_of_models_and_of_versions(tmp_path):
    for name in ("a/1", "a/00000007", "a/.tmp-8", "b/2", "c/no", ".d/1"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a" / "9").write_text("a file is no version")
    found = config.models_in(tmp_path)
    assert [model.name for model in found] == ["a", "b"]
    assert set(config.folders.versions_in(tmp_path / "a")) == {1, 7}
    (model,) = config.models_in(tmp_path / "a")
    assert model == found[0]
