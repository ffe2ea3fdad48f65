import importlib.util

import pytest

from keras_productgen import serving
from keras_productgen.serving.ray import RayServer
from keras_productgen.serving.ray import server as ray_server


@pytest.fixture
def installed(monkeypatch):
    monkeypatch.setattr(ray_server, "check_extra", lambda: None)


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"keras-productgen\[ray\]"):
        RayServer("models")


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"rest_port": 0}, "rest_port=0"),
        ({"rest_port": None}, "rest_port=None"),
        ({"grpc_port": 0}, "grpc_port=0"),
        ({"rest_port": 2**16}, "rest_port=65536"),
        ({"rest_port": -5}, "rest_port=-5"),
        ({"grpc_port": 99999}, "grpc_port=99999"),
        ({"min_replicas": 0}, "min_replicas=0"),
        ({"min_replicas": 3, "max_replicas": 2}, "max_replicas=2"),
        ({"grpc_socket": "/run/x"}, "`grpc_socket` is for a server of one"),
        ({"grpc_health": True}, "Ray's proxies have"),
        ({"tls": "certificate"}, "`tls` is for a server of one"),
    ],
)
def test_what_a_cluster_has_not_is_refused(installed, settings, message):
    with pytest.raises(ValueError, match=message):
        RayServer("models", **settings)


def test_replicas_get_paths_that_hold_anywhere(
    installed, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert RayServer("models")._models == tmp_path / "models"
    config = serving.ModelConfig("half", "half")
    (found,) = RayServer([config])._models
    assert found == serving.ModelConfig("half", tmp_path / "half")
