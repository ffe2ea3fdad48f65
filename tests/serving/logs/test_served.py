"""Request ids and lines of the log, as callers and operators see them."""

import io
import json
import logging
import threading

import grpc
import pytest

from keras_productgen import serving
from keras_productgen.serving import logs
from tests.serving import clients
from tests.serving.saved_models import floats

HALF = {"instances": [2.0]}


@pytest.fixture
def lines():
    """A function that returns what was logged until then, as dicts."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.JsonFormatter())
    logger = logging.getLogger("keras_productgen")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(x) for x in text.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_a_request_is_told_with_its_name(server, lines):
    answer = clients.post(
        server, "half:predict", HALF, headers={"X-Request-Id": "order-7"}
    )
    assert answer.headers["x-request-id"] == "order-7"
    (line,) = lines()
    assert line["request_id"] == "order-7"
    assert line["call"] == "POST /v1/models/half:predict"
    assert (line["interface"], line["api"]) == ("REST", "predict")
    assert (line["model"], line["status"]) == ("half", "OK")
    assert line["http_status"] == 200
    assert line["request_bytes"] == len('{"instances": [2.0]}')
    assert line["response_bytes"] == len(answer.content)
    assert 0 < line["seconds"] < 60


def test_a_request_without_a_name_gets_one(server, lines):
    answers = [clients.post(server, "half:predict", HALF) for _ in range(2)]
    names = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(names)) == 2
    assert [line["request_id"] for line in lines()] == names


def test_errors_bear_the_name_too(server, lines):
    answer = clients.post(
        server, "none:predict", HALF, headers={"X-Request-Id": "lost"}
    )
    assert answer.status_code == 404
    assert answer.headers["x-request-id"] == "lost"
    (line,) = lines()
    assert (line["status"], line["http_status"]) == ("NOT_FOUND", 404)


def test_probes_have_a_name_but_no_line(server, lines):
    for path in ("/healthz", "/readyz", "/monitoring/prometheus/metrics"):
        assert clients.get(server, path).headers["x-request-id"]
    assert lines() == []


def test_a_path_cannot_forge_a_line(server, lines):
    path = "/v1/models/half%0AINFO%20forged"
    assert clients.get(server, path).status_code == 404
    (line,) = lines()
    assert "\n" not in line["message"]
    assert "%0AINFO%20forged" in line["message"]


def test_what_fails_in_a_thread_is_logged_under_its_name(
    server, lines, monkeypatch
):
    def fail(*_):
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(server.models, "lease", fail)
    answer = clients.post(
        server, "half:predict", HALF, headers={"X-Request-Id": "broken"}
    )
    assert answer.status_code == 500
    trace, end = lines()
    assert "secret of the machine" in trace["exception"]
    assert (trace["request_id"], trace["level"]) == ("broken", "ERROR")
    assert (end["request_id"], end["level"]) == ("broken", "WARNING")
    with pytest.raises(grpc.RpcError):
        clients.predict(server, "half", {"x": floats(2.0)})
    *_, trace, end = lines()
    assert "secret of the machine" in trace["exception"]
    assert trace["request_id"] == end["request_id"] != "broken"


def test_requests_at_once_keep_their_names(server, lines):
    def call(number):
        body = {"signature_name": "wait", "inputs": [0.05]}
        headers = {"X-Request-Id": f"n{number}"}
        found = clients.post(server, "pictures:predict", body, headers=headers)
        names[number] = found.headers["x-request-id"]

    names = {}
    threads = [threading.Thread(target=call, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == {n: f"n{n}" for n in range(6)}
    # A call that an earlier test gave up may end meanwhile.
    found = [line for line in lines() if line["interface"] == "REST"]
    found = sorted(line["request_id"] for line in found)
    assert found == [f"n{n}" for n in range(6)]


def called(server, request, **options):
    method = clients.prediction(server).Predict
    return method.with_call(request, timeout=clients.TIMEOUT, **options)


def test_a_call_by_grpc_gets_its_name_back(server, lines):
    request = clients.predict_request("half", {"x": floats(2.0)})
    _, call = called(server, request, metadata=[("x-request-id", "g-1")])
    assert ("x-request-id", "g-1") in call.initial_metadata()
    _, call = called(server, request)
    made = dict(call.initial_metadata())["x-request-id"]
    first, second = lines()
    assert (first["request_id"], second["request_id"]) == ("g-1", made)
    assert first["call"] == "/tensorflow.serving.PredictionService/Predict"
    assert (first["interface"], first["model"]) == ("gRPC", "half")
    assert first["status"] == "OK"


def test_an_error_by_grpc_bears_the_name(server, lines):
    request = clients.predict_request("none", {"x": floats(2.0)})
    with pytest.raises(grpc.RpcError) as caught:
        called(server, request, metadata=[("x-request-id", "g-2")])
    assert ("x-request-id", "g-2") in caught.value.initial_metadata()
    (line,) = lines()
    assert (line["request_id"], line["status"]) == ("g-2", "NOT_FOUND")


def test_refused_callers_are_told_without_their_keys(
    models_folder, tmp_path, lines
):
    keys = tmp_path / "keys.txt"
    keys.write_text("shop right-key")
    with serving.Server(
        models_folder / "half",
        rest_port=0,
        grpc_port=0,
        poll_seconds=0,
        api_keys=keys,
    ) as server:
        answer = clients.post(
            server, "half:predict", HALF, headers={"x-api-key": "wrong-key"}
        )
        assert answer.status_code == 401
        assert answer.headers["x-request-id"]
        request = clients.predict_request("half", {"x": floats(2.0)})
        with pytest.raises(grpc.RpcError):
            called(server, request, metadata=[("x-api-key", "wrong-key")])
    told = [line for line in lines() if "status" in line]
    assert [line["status"] for line in told] == ["UNAUTHENTICATED"] * 2
    assert "wrong-key" not in json.dumps(lines())
