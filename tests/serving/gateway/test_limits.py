"""Too much, too many, too late, and without a key."""

import dataclasses
import hashlib
import threading
import time
from concurrent import futures

import grpc
import pytest

from keras_productgen import serving
from tests.serving import clients
from tests.serving.saved_models import floats

HALF = {"instances": [2.0]}


@pytest.fixture
def start(models_folder):
    def start(**settings):
        free = {"rest_port": 0, "grpc_port": 0, "poll_seconds": 0}
        return serving.Server(models_folder, **{**free, **settings})

    return start


def wait_request(seconds):
    return {"signature_name": "wait", "inputs": [seconds]}


def test_large_bodies_are_refused(start):
    limits = serving.Limits(max_body_bytes=2000)
    with start(limits=limits) as server:
        large = b'{"instances": [' + b"1," * 4000 + b"1]}"
        response = clients.post(server, "half:predict", large)
        assert response.status_code == 413
        assert "at most 2000 bytes" in response.json()["error"]
        # One that does not say its length is cut off as well.
        pieces = (large[k : k + 500] for k in range(0, len(large), 500))
        response = clients.post(server, "half:predict", None, data=pieces)
        assert response.status_code == 413
        many = floats(*range(30_000))
        with pytest.raises(grpc.RpcError) as error:
            clients.predict(server, "half", {"x": many})
        assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
        assert clients.post(server, "half:predict", HALF).status_code == 200
        assert 'refused_requests{status="413"} 2' in clients.metrics(server)


def test_packed_bodies_are_measured_unpacked(start):
    import gzip

    limits = serving.Limits(max_body_bytes=2000)
    with start(limits=limits) as server:
        body = gzip.compress(b'{"instances": [' + b"1," * 90_000 + b"1]}")
        assert len(body) < 2000
        response = clients.post(
            server, "half:predict", body, headers={"content-encoding": "gzip"}
        )
        assert response.status_code == 413


def test_too_many_requests_are_told_to_come_again(start):
    limits = serving.Limits(max_requests=2)
    with start(limits=limits) as server, futures.ThreadPoolExecutor(8) as pool:

        def ask():
            return clients.post(server, "pictures:predict", wait_request(0.5))

        responses = [f.result() for f in [pool.submit(ask) for _ in range(8)]]
        statuses = sorted(response.status_code for response in responses)
        assert set(statuses) == {200, 429}
        assert statuses.count(200) >= 2
        refused = [r for r in responses if r.status_code == 429]
        assert all(int(r.headers["retry-after"]) >= 1 for r in refused)
        assert clients.post(server, "half:predict", HALF).status_code == 200


def test_too_many_calls_by_grpc_are_told_so(start):
    limits = serving.Limits(max_requests=2)
    with start(limits=limits) as server:
        stub = clients.prediction(server)
        request = clients.predict_request(
            "pictures", {"seconds": floats(0.5)}, signature="wait"
        )
        calls = [stub.Predict.future(request, timeout=9) for _ in range(6)]
        codes = [call.code() for call in calls]
        assert grpc.StatusCode.RESOURCE_EXHAUSTED in codes
        assert codes.count(grpc.StatusCode.OK) >= 2


def test_what_takes_too_long_is_given_up(start):
    limits = serving.Limits(timeout=0.2)
    with start(limits=limits) as server:
        response = clients.post(server, "pictures:predict", wait_request(1.0))
        assert response.status_code == 504
        # It still counts: it cannot be stopped.
        assert "productgen_serving_requests 1" in clients.metrics(server)
        assert clients.post(server, "half:predict", HALF).status_code == 200


def test_closing_answers_what_runs_and_lets_no_one_in(start):
    server = start()
    server.start()
    with futures.ThreadPoolExecutor(2) as pool:
        by_rest = pool.submit(
            clients.post, server, "pictures:predict", wait_request(1.0)
        )
        by_grpc = pool.submit(
            clients.predict,
            server,
            "pictures",
            {"seconds": floats(1.0)},
            signature="wait",
        )
        while "productgen_serving_requests 2" not in server.metrics.page():
            time.sleep(0.01)
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        time.sleep(0.1)
        late = clients.post(server, "half:predict", HALF)
        assert late.status_code == 503
        assert int(late.headers["retry-after"]) >= 1
        assert clients.get(server, "/readyz").status_code == 503
        with pytest.raises(grpc.RpcError) as error:
            clients.predict(server, "half", {"x": floats(2.0)})
        assert error.value.code() == grpc.StatusCode.UNAVAILABLE
        assert dict(error.value.trailing_metadata())["retry-after"] == "5"
        assert by_rest.result().json() == {"outputs": [1.0]}
        assert by_grpc.result()["slept"] == floats(1.0)
        stopping.join()


def test_closing_does_not_wait_for_ever(start):
    server = start()
    server.start()
    with futures.ThreadPoolExecutor(1) as pool:
        pool.submit(
            clients.predict,
            server,
            "pictures",
            {"seconds": floats(1.5)},
            signature="wait",
        )
        while "productgen_serving_requests 1" not in server.metrics.page():
            time.sleep(0.01)
        assert server.stop(0.1) is False


@pytest.fixture
def keys_file(tmp_path):
    digest = hashlib.sha256(b"second").hexdigest()
    path = tmp_path / "keys.txt"
    path.write_text(f"# who\nshop first\n\napp sha256:{digest}  # hashed\n")
    return path


def test_only_those_with_a_key_come_in(start, keys_file):
    with start(api_keys=keys_file) as server:
        statuses = {}
        for name, headers in {
            "none": {},
            "wrong": {"authorization": "Bearer third"},
            "digest": {"x-api-key": keys_file.read_text().split()[-2]},
            "bearer": {"Authorization": "Bearer first"},
            "header": {"X-API-Key": "second"},
        }.items():
            response = clients.post(
                server, "half:predict", HALF, headers=headers
            )
            statuses[name] = response.status_code
        assert statuses == {
            "none": 401,
            "wrong": 401,
            "digest": 401,
            "bearer": 200,
            "header": 200,
        }
        assert clients.get(server, "/v1/models/half").status_code == 401
        page = "/monitoring/prometheus/metrics"
        assert clients.get(server, page).status_code == 401
        # Probes have no keys.
        assert clients.get(server, "/readyz").status_code == 200


def test_calls_by_grpc_need_a_key(start, keys_file):
    with start(api_keys=keys_file) as server:
        stub = clients.prediction(server)
        request = clients.predict_request("half", {"x": floats(2.0)})
        for metadata in [], [("x-api-key", "no")]:
            with pytest.raises(grpc.RpcError) as error:
                stub.Predict(request, timeout=9, metadata=metadata)
            assert error.value.code() == grpc.StatusCode.UNAUTHENTICATED
        for metadata in (
            [("x-api-key", "first")],
            [("authorization", "Bearer second")],
        ):
            response = stub.Predict(request, timeout=9, metadata=metadata)
            assert response.outputs["y"].float_val == [3.0]


def test_pages_of_other_origins_may_call_where_that_is_allowed(start):
    with start(cors=True, grpc_port=None) as server:
        url = f"{server.rest_url}/v1/models/half:predict"
        import requests

        response = requests.options(url, timeout=9)
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "name",
    [field.name for field in dataclasses.fields(serving.Limits)],
)
def test_limits_must_be_above_0(name):
    with pytest.raises(ValueError, match=f"Received: {name}=0"):
        serving.Limits(**{name: 0})
