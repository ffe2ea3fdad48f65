"""nginx and Prometheus before the server, for real, by the files of deploy/."""

import http.client
import shutil

import grpc
import pytest
import requests
from google.protobuf import empty_pb2
from tensorflow_serving.apis import model_management_pb2
from tensorflow_serving.apis import model_service_pb2_grpc
from tensorflow_serving.apis import prediction_service_pb2_grpc

from tests.deploy import files
from tests.deploy import stack as stacks
from tests.serving import clients
from tests.serving.saved_models import floats

pytestmark = [
    pytest.mark.slow,
    *(
        pytest.mark.skipif(
            shutil.which(program) is None, reason=f"{program} is not installed"
        )
        for program in ("nginx", "prometheus")
    ),
]
MODEL = "/v1/models/denoise"
BODY = {"instances": [2.0]}


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with stacks.Stack(tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture(scope="module")
def channel(stack):
    address = f"127.0.0.1:{stack.ports['gateway_grpc']}"
    with grpc.insecure_channel(address) as channel:
        yield channel


def post(stack, path, **headers):
    headers = {name.replace("_", "-"): v for name, v in headers.items()}
    return requests.post(
        stack.url("gateway", path), json=BODY, headers=headers, timeout=20
    )


def value(answer):
    (found,) = answer.json()["predictions"]
    return found


def test_a_request_has_one_name_from_the_client_to_the_server(stack):
    answer = post(stack, f"{MODEL}/versions/1:predict", x_request_id="order-7")
    assert value(answer) == 3.0
    assert answer.headers["x-request-id"] == "order-7"
    for name in ("gateway", "server"):
        (line,) = [
            line
            for line in stack.lines(name)
            if line.get("request_id") == "order-7"
        ]
        assert line["http_status"] == 200
        assert line["call"] == f"POST {MODEL}/versions/1:predict"


def test_the_gateway_names_a_request_that_has_no_name(stack):
    answer = post(stack, "/v1/models/catalog:predict", x_request_id='"} or "')
    name = answer.headers["x-request-id"]
    assert len(name) == 32
    told = [line.get("request_id") for line in stack.lines("server")]
    assert told.count(name) == 1


def test_a_client_keeps_its_version_and_both_are_given(stack):
    found = {}
    for number in range(24):
        for _ in range(2):
            answer = post(stack, f"{MODEL}:predict", x_api_key=f"k{number}")
            found.setdefault(number, set()).add(value(answer))
    assert all(len(values) == 1 for values in found.values())
    assert set().union(*found.values()) == {3.0, 4.0}
    calls = " ".join(line["call"] for line in stack.lines("gateway"))
    assert f"POST {MODEL}/labels/canary:predict" in calls
    assert f"POST {MODEL}/labels/stable:predict" in calls


@pytest.mark.parametrize(
    "place, wanted",
    [
        ("labels/stable", 3.0),
        ("labels/canary", 4.0),
        ("versions/1", 3.0),
        ("versions/2", 4.0),
    ],
)
def test_who_names_a_version_gets_it(stack, place, wanted):
    for number in range(4):
        answer = post(stack, f"{MODEL}/{place}:predict", x_api_key=f"k{number}")
        assert value(answer) == wanted


def test_a_request_that_is_too_large_is_refused_as_by_the_server(stack):
    connection = http.client.HTTPConnection(
        "127.0.0.1", stack.ports["gateway"], timeout=20
    )
    connection.putrequest("POST", f"{MODEL}:predict")
    connection.putheader("Content-Length", str(32 * 2**20 + 1))
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    assert answer.status == 413
    assert "at most 33554432 bytes" in text
    assert answer.getheader("X-Request-Id")


@pytest.mark.parametrize(
    "path", ["/monitoring/prometheus/metrics", "/readyz", "/", "/v1"]
)
def test_what_is_inside_stays_inside(stack, path):
    answer = requests.get(stack.url("gateway", path), timeout=20)
    assert answer.status_code == 404
    assert answer.json() == {"error": "Not Found"}


def test_calls_by_grpc_go_through(stack, channel):
    service = prediction_service_pb2_grpc.PredictionServiceStub(channel)
    request = clients.predict_request(
        "denoise", {"x": floats(2.0)}, label="canary"
    )
    answer, call = service.Predict.with_call(
        request, timeout=20, metadata=[("x-request-id", "by-grpc")]
    )
    assert list(answer.outputs["y"].float_val) == [4.0]
    assert ("x-request-id", "by-grpc") in call.initial_metadata()
    told = [line.get("request_id") for line in stack.lines("server")]
    assert told.count("by-grpc") == 1


def test_models_cannot_be_replaced_through_the_gateway(stack, channel):
    service = model_service_pb2_grpc.ModelServiceStub(channel)
    request = model_management_pb2.ReloadConfigRequest()
    with pytest.raises(grpc.RpcError) as caught:
        service.HandleReloadConfigRequest(request, timeout=20)
    assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED
    other = channel.unary_unary(
        "/shop.Orders/Delete",
        request_serializer=empty_pb2.Empty.SerializeToString,
    )
    with pytest.raises(grpc.RpcError) as caught:
        other(empty_pb2.Empty(), timeout=20)
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED


def asked(stack, text):
    answer = requests.get(
        stack.url("prometheus", "/api/v1/query"),
        params={"query": text},
        timeout=20,
    ).json()
    assert answer["status"] == "success", (text, answer)
    return answer["data"]["result"]


def test_prometheus_finds_the_server_and_computes_the_rules(stack):
    def recorded():
        post(stack, "/v1/models/catalog:predict")
        return [
            row
            for row in asked(stack, "model:requests:rate5m")
            if row["metric"]["model_name"] == "catalog"
            and float(row["value"][1]) > 0
        ]

    process = stack.processes["prometheus"]
    assert stacks.wait_for(recorded, process)
    assert stacks.wait_for(
        lambda: asked(stack, "model:latency_seconds:p95"), process
    )
    (up,) = asked(stack, 'up{job="serving"}')
    assert up["value"][1] == "1"
    versions = asked(stack, "productgen_serving_version_state == 30")
    assert len(versions) == 3


def test_prometheus_understands_every_panel(stack):
    empty = {
        panel["title"]
        for panel in files.dashboard()["panels"]
        for target in panel["targets"]
        if not asked(stack, stacks.expression(target["expr"]))
    }
    # Nothing has failed, nothing was refused, and batching is off.
    assert empty <= {"Part that fails", "Refused a second", "Rows of a batch"}


def test_alerts_are_quiet_while_all_is_well(stack):
    url = stack.url("prometheus", "/api/v1/rules?type=alert")
    groups = requests.get(url, timeout=20).json()["data"]["groups"]
    alerts = [rule for group in groups for rule in group["rules"]]
    assert len(alerts) == 9
    assert {rule["health"] for rule in alerts} == {"ok"}
    assert {rule["state"] for rule in alerts} == {"inactive"}


def test_one_address_cannot_flood_the_server(stack):
    with requests.Session() as session:
        url = stack.url("gateway", MODEL)
        answers = [session.get(url, timeout=20) for _ in range(400)]
    refused = [a for a in answers if a.status_code == 429]
    assert refused and len(refused) < 400
    assert refused[0].json()["error"].startswith("Too many requests")
    assert refused[0].headers["retry-after"] == "1"


# The last: the server is gone after it.
def test_when_the_server_is_gone_the_gateway_says_so(stack, channel):
    assert stack.end_server() == 0

    def unavailable():
        answer = post(stack, "/v1/models/catalog:predict")
        # An answer that is no success counts as False.
        return [answer] if answer.status_code == 503 else None

    (answer,) = stacks.wait_for(unavailable, stack.processes["gateway"])
    assert answer.json() == {"error": "No server answers."}
    assert answer.headers["retry-after"] == "5"
    service = prediction_service_pb2_grpc.PredictionServiceStub(channel)
    request = clients.predict_request("denoise", {"x": floats(2.0)})
    with pytest.raises(grpc.RpcError) as caught:
        service.Predict(request, timeout=20)
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    down = stacks.wait_for(
        lambda: asked(stack, 'up{job="serving"} == 0'),
        stack.processes["prometheus"],
    )
    assert down
    # JSON to the last line.
    assert stack.lines("server")[-1]["level"] == "INFO"
