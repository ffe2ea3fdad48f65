"""Two machines of a Ray cluster, on this one."""

import os
import shutil
import time

import grpc
import pytest
import requests

pytest.importorskip("ray", reason="needs the extra `ray`")
pytestmark = [
    pytest.mark.slow,
    # Ray's own settings are written in a way that pydantic has left behind.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:ray[.]"),
]

from tensorflow_serving.apis import get_model_status_pb2  # noqa: E402
from tensorflow_serving.apis import model_management_pb2  # noqa: E402

from keras_productgen.serving.ray import RayServer  # noqa: E402
from keras_productgen.serving.ray import figures  # noqa: E402
from keras_productgen.serving.ray.server import ENVIRONMENT  # noqa: E402
from tests.deploy.stack import free_port  # noqa: E402
from tests.serving import clients  # noqa: E402
from tests.serving.saved_models import floats  # noqa: E402

HALF = {"instances": [2.0]}


@pytest.fixture(scope="module")
def server(half_plus_two, tmp_path_factory):
    import ray
    from ray.cluster_utils import Cluster

    folder = tmp_path_factory.mktemp("models")
    shutil.copytree(half_plus_two, folder / "half" / "1")
    keys = folder / "keys.txt"
    keys.write_text("shop right")
    for name, value in ENVIRONMENT.items():
        os.environ[name] = value
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1}, connect=True
    )
    cluster.add_node(num_cpus=1)
    with RayServer(
        folder,
        rest_port=free_port(),
        grpc_port=free_port(),
        min_replicas=2,
        max_replicas=2,
        api_keys=keys,
    ) as server:
        yield server
    ray.shutdown()
    cluster.shutdown()


def post(server, path, body=HALF, key="right", **headers):
    headers = {"x-api-key": key, **headers}
    return clients.post(server, path, body, headers=headers)


def called(stub, request, key="right"):
    metadata = [("x-api-key", key), ("x-request-id", "by-grpc")]
    return stub.with_call(request, timeout=20, metadata=metadata)


def test_each_machine_has_a_replica(server):
    from ray.util import state

    replicas = [
        actor
        for actor in state.list_actors(filters=[("state", "=", "ALIVE")])
        if "models" in (actor.name or "")
    ]
    assert len(replicas) == 2
    assert len({actor.node_id for actor in replicas}) == 2


def test_rest_answers_as_the_server_does(server):
    answer = post(server, "half:predict", **{"X-Request-Id": "order-7"})
    assert answer.json() == {"predictions": [3.0]}
    assert answer.headers["x-request-id"] == "order-7"
    made = post(server, "half:predict").headers["x-request-id"]
    assert "," not in made
    status = requests.get(
        f"{server.rest_url}/v1/models/half",
        headers={"x-api-key": "right"},
        timeout=20,
    ).json()
    assert status["model_version_status"][0]["state"] == "AVAILABLE"
    assert clients.get(server, "/readyz").json() == {"status": "ready"}


REQUESTS = ":tensorflow:serving:request_count{"


def counted(server):
    """Predictions of `half` that were answered, by replica."""
    page = requests.get(
        f"{server.rest_url}/monitoring/prometheus/metrics",
        headers={"x-api-key": "right"},
        timeout=20,
    ).text
    found = {}
    for line in page.splitlines():
        if (
            line.startswith(REQUESTS)
            and 'model_name="half",status="OK"' in line
        ):
            replica = line.split('replica="')[1].split('"')[0]
            found[replica] = int(line.split()[-1])
    return found


def settled(server):
    """The counts once every page has them: pages are exchanged now and then."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        time.sleep(figures.SECONDS)
        pages = [counted(server) for _ in range(8)]
        if all(page == pages[0] for page in pages):
            return pages[0]
    raise TimeoutError(f"The pages must become the same. Received: {pages}")


def test_figures_are_those_of_all_replicas(server):
    """Whichever is asked; each is asked alone many times."""
    before = settled(server)
    for _ in range(20):
        assert post(server, "half:predict").ok
    end = time.monotonic() + 60
    while sum((found := settled(server)).values()) < sum(before.values()) + 20:
        assert time.monotonic() < end
    assert sum(found.values()) == sum(before.values()) + 20
    assert len(found) == 2
    assert all(count > 0 for count in found.values())


def test_errors_are_those_of_the_server(server):
    assert post(server, "none:predict").status_code == 404
    assert post(server, "half:predict", b"{").status_code == 400
    assert post(server, "half:predict", key="wrong").status_code == 401


def test_grpc_answers_as_the_server_does(server):
    request = clients.predict_request("half", {"x": floats(2.0)})
    answer, call = called(clients.prediction(server).Predict, request)
    assert list(answer.outputs["y"].float_val) == [3.0]
    assert ("x-request-id", "by-grpc") in call.trailing_metadata()
    request = get_model_status_pb2.GetModelStatusRequest()
    request.model_spec.name = "half"
    answer, _ = called(clients.model_service(server).GetModelStatus, request)
    assert answer.model_version_status[0].version == 1


@pytest.mark.parametrize(
    "name, key, code, text",
    [
        ("none", "right", "NOT_FOUND", "none"),
        ("half", "wrong", "UNAUTHENTICATED", "API key"),
    ],
)
def test_codes_of_grpc_are_those_of_the_server(server, name, key, code, text):
    request = clients.predict_request(name, {"x": floats(2.0)})
    with pytest.raises(grpc.RpcError) as caught:
        called(clients.prediction(server).Predict, request, key)
    assert caught.value.code().name == code
    assert text in caught.value.details()
    assert "Traceback" not in caught.value.details()


def test_models_of_one_replica_cannot_be_replaced(server):
    stub = clients.model_service(server).HandleReloadConfigRequest
    with pytest.raises(grpc.RpcError) as caught:
        called(stub, model_management_pb2.ReloadConfigRequest())
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED
    assert post(server, "half:predict").ok
