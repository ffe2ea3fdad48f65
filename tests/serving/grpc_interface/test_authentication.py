"""Who is told of what by gRPC's own service of health."""

import re

import grpc
import pytest

pytest.importorskip("grpc_health", reason="needs the extra `serving`")

from keras_productgen.serving.grpc_interface import health  # noqa: E402
from tests.serving import clients  # noqa: E402
from tests.serving.health_clients import ALL  # noqa: E402
from tests.serving.health_clients import KEY  # noqa: E402
from tests.serving.health_clients import SERVING  # noqa: E402
from tests.serving.health_clients import UNKNOWN  # noqa: E402
from tests.serving.health_clients import Watching  # noqa: E402
from tests.serving.health_clients import asked  # noqa: E402
from tests.serving.health_clients import check  # noqa: E402
from tests.serving.health_clients import start  # noqa: E402
from tests.serving.health_clients import stub  # noqa: E402
from tests.serving.saved_models import floats  # noqa: E402

HALF = clients.predict_request("half", {"x": floats(2.0)})


@pytest.fixture(scope="module")
def healthy(models_folder, tmp_path_factory):
    """A server with keys, which no test changes."""
    keys = tmp_path_factory.mktemp("keys") / "keys.txt"
    keys.write_text("shop right")
    with start(models_folder, api_keys=keys) as server:
        yield server


@pytest.mark.parametrize("name", health.WHOLE)
def test_health_of_the_whole_needs_no_key(healthy, name):
    assert check(healthy, name) == SERVING
    with stub(healthy) as found:
        assert Watching(found, name).next() == SERVING
    with pytest.raises(grpc.RpcError) as error:
        clients.prediction(healthy).Predict(HALF, timeout=9)
    assert error.value.code() is grpc.StatusCode.UNAUTHENTICATED


@pytest.mark.parametrize("metadata", [None, [("x-api-key", "wrong")]])
def test_without_a_key_nobody_learns_which_models_there_are(healthy, metadata):
    told = set()
    with stub(healthy) as found:
        for name in ("half", "sock"):
            with pytest.raises(grpc.RpcError) as error:
                found.Check(asked(name), timeout=9, metadata=metadata)
            told.add((error.value.code(), error.value.details()))
            watching = Watching(found, name, metadata)
            assert watching.next() is grpc.StatusCode.UNAUTHENTICATED
        with pytest.raises(grpc.RpcError) as error:
            found.List(ALL, timeout=9, metadata=metadata)
        told.add((error.value.code(), error.value.details()))
    ((code, details),) = told
    assert code is grpc.StatusCode.UNAUTHENTICATED
    assert "half" not in details


def test_refused_questions_are_counted(healthy):
    def count():
        url = "/monitoring/prometheus/metrics"
        page = clients.get(healthy, url, headers=dict(KEY)).text
        return re.findall(r'refused_requests\S*{status="401"} (\S+)', page)

    before = count()
    with pytest.raises(grpc.RpcError):
        check(healthy, "half")
    (after,) = count()
    assert float(after) == 1 + sum(map(float, before))


def test_a_key_opens_the_names_of_models(healthy):
    assert check(healthy, "half", KEY) == SERVING
    with stub(healthy) as found:
        assert Watching(found, "half", KEY).next() == SERVING
        assert Watching(found, "sock", KEY).next() == UNKNOWN


def test_what_nobody_knows_is_not_found(healthy):
    with pytest.raises(grpc.RpcError) as error:
        check(healthy, "sock", KEY)
    assert error.value.code() is grpc.StatusCode.NOT_FOUND


def test_all_are_listed(healthy):
    with stub(healthy) as found:
        listed = found.List(ALL, timeout=9, metadata=KEY).statuses
    assert set(listed) == {*health.WHOLE, "half", "pictures"}
    assert {each.status for each in listed.values()} == {SERVING}
