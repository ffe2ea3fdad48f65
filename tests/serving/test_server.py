"""The server as a notebook has it: made, entered, left."""

import os
import socket
import subprocess
import sys

import grpc
import numpy as np
import pytest
import requests
from tensorflow_serving.apis import prediction_service_pb2_grpc

from keras_productgen import serving
from keras_productgen.serving import extra
from tests.serving import clients
from tests.serving.saved_models import floats

FREE = {"rest_port": 0, "grpc_port": 0, "poll_seconds": 0}
HALF = {"instances": [2.0]}


def test_port_0_takes_a_free_one(models_folder):
    with serving.Server(models_folder, **FREE) as server:
        assert server.rest_port and server.grpc_port
        assert str(server.rest_port) in server.rest_url
        assert clients.post(server, "half:predict", HALF).status_code == 200
    with pytest.raises(requests.ConnectionError):
        clients.get(server, "/healthz")


def test_a_port_that_is_taken_is_named(models_folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for name in ("rest_port", "grpc_port"):
            server = serving.Server(models_folder, **{**FREE, name: port})
            with pytest.raises(OSError, match=f"127.0.0.1:{port}"):
                server.start()


@pytest.mark.parametrize("name", ["rest_port", "grpc_port"])
@pytest.mark.parametrize("port", [-1, 2**16, 99999, "8501"])
def test_a_number_that_no_port_has_is_refused_at_once(name, port):
    with pytest.raises(ValueError, match=f"Received: {name}={port!r}"):
        serving.Server("nowhere", **{**FREE, name: port})
    assert serving.Server("nowhere", **{**FREE, name: 2**16 - 1})


def test_serves_the_versions_of_one_model(models_folder):
    with serving.Server(models_folder / "half", **FREE) as server:
        assert server.models.names == ["half"]


def test_serves_models_by_configuration(models_folder):
    model = serving.ModelConfig("other", models_folder / "half")
    with serving.Server([model], **FREE) as server:
        assert clients.post(server, "other:predict", HALF).status_code == 200


@pytest.mark.parametrize("kind", ["nothing", "an empty folder"])
def test_a_folder_without_models_is_refused(tmp_path, kind):
    path = tmp_path / "none" if kind == "nothing" else tmp_path
    with pytest.raises(ValueError, match="folder"):
        serving.Server(path, **FREE).start()


def test_answers_on_a_unix_socket(models_folder, tmp_path):
    path = tmp_path / "serving.sock"
    settings = {**FREE, "rest_port": None, "grpc_port": None}
    with serving.Server(models_folder, grpc_socket=path, **settings):
        channel = grpc.insecure_channel(f"unix:{path}")
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        request = clients.predict_request("half", {"x": floats(2.0)})
        assert stub.Predict(request, timeout=9).outputs["y"].float_val == [3]


def certificate(folder):
    """Makes a certificate for this machine, signed by itself."""
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 "
        "-keyout key.pem -out certificate.pem -subj /CN=localhost "
        "-addext subjectAltName=IP:127.0.0.1,DNS:localhost"
    )
    try:
        subprocess.run(
            command.split(), cwd=folder, check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return folder / "certificate.pem", folder / "key.pem"


def test_encrypts(models_folder, tmp_path):
    paths = certificate(tmp_path)
    tls = serving.TLS.from_files(*paths)
    with serving.Server(models_folder, tls=tls, **FREE) as server:
        assert server.rest_url.startswith("https://")
        response = clients.post(
            server, "half:predict", HALF, verify=str(paths[0])
        )
        assert response.json() == {"predictions": [3.0]}
        with pytest.raises(requests.ConnectionError):
            url = server.rest_url.replace("https", "http")
            requests.get(url, timeout=9)
        credentials = grpc.ssl_channel_credentials(paths[0].read_bytes())
        channel = grpc.secure_channel(server.grpc_address, credentials)
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        request = clients.predict_request("half", {"x": floats(2.0)})
        assert stub.Predict(request, timeout=9).outputs["y"].float_val == [3]
    assert paths[1].read_text() not in repr(tls)


@pytest.mark.parametrize(
    "settings",
    [
        {"certificate": b"", "key": b"-BEGIN"},
        {"certificate": b"-BEGIN", "key": b"x"},
        {
            "certificate": b"-BEGIN",
            "key": b"-BEGIN",
            "client_certificates": True,
        },
    ],
)
def test_certificates_that_are_none_are_refused(settings):
    with pytest.raises(ValueError, match="Received: "):
        serving.TLS(**settings)


def test_a_failure_inside_is_for_the_log_alone(
    models_folder, monkeypatch, caplog
):
    with serving.Server(models_folder, **FREE) as server:

        def fail(*_):
            raise RuntimeError("secret of /home/me")

        monkeypatch.setattr(
            "keras_productgen.serving.servable.Servable.run", fail
        )
        response = clients.post(server, "half:predict", HALF)
        assert response.status_code == 500
        assert response.json() == {
            "error": "The server failed. Its log says why."
        }
        with pytest.raises(grpc.RpcError) as error:
            clients.predict(server, "half", {"x": floats(2.0)})
        assert error.value.code() == grpc.StatusCode.INTERNAL
        assert "secret" not in error.value.details()
    assert "secret of /home/me" in caplog.text


def test_bytes_are_the_same_by_both_ways(models_folder):
    import base64

    from keras_productgen import images

    data = images.encode(np.full((4, 4, 3), 70, "uint8"))
    with serving.Server(models_folder, **FREE) as server:
        row = {"b64": base64.b64encode(data).decode()}
        response = clients.post(
            server, "pictures:predict", {"instances": [row]}
        )
        (answer,) = response.json()["predictions"]
        inputs = {"image_bytes": np.array([data], object)}
        found = clients.predict(server, "pictures", inputs)["png_bytes"]
    assert found.tolist() == [base64.b64decode(answer["b64"])]


def test_what_is_missing_is_named(monkeypatch):
    found = extra.importlib.util.find_spec
    monkeypatch.setattr(
        extra.importlib.util,
        "find_spec",
        lambda name: None if name == "uvicorn" else found(name),
    )
    with pytest.raises(ImportError, match=r"uvicorn: .*productgen\[serving\]"):
        serving.Server  # noqa: B018


def test_imports_without_what_the_server_needs():
    code = (
        "import sys\n"
        "for name in ('grpc', 'tensorflow_serving', 'uvicorn', 'orjson'):\n"
        "    sys.modules[name] = None\n"
        "import keras_productgen.serving\n"
        "assert 'tensorflow' not in sys.modules\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="'Servers'"):
        serving.Servers  # noqa: B018
    assert "Server" in dir(serving)
