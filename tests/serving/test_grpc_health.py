"""gRPC's own service of health, over a real channel."""

import contextlib
import importlib.util
import shutil
import threading
import time

import grpc
import pytest

pytest.importorskip("grpc_health", reason="needs the extra `serving`")

from grpc_health.v1 import health_pb2_grpc  # noqa: E402

from keras_productgen import serving  # noqa: E402
from keras_productgen.serving.grpc_interface import health  # noqa: E402
from tests.serving import clients  # noqa: E402
from tests.serving import saved_models  # noqa: E402
from tests.serving.health_clients import NOT_SERVING  # noqa: E402
from tests.serving.health_clients import SERVING  # noqa: E402
from tests.serving.health_clients import UNKNOWN  # noqa: E402
from tests.serving.health_clients import Watching  # noqa: E402
from tests.serving.health_clients import check  # noqa: E402
from tests.serving.health_clients import start  # noqa: E402
from tests.serving.health_clients import stub  # noqa: E402
from tests.serving.saved_models import floats  # noqa: E402

HALF = clients.predict_request("half", {"x": floats(2.0)})


@pytest.fixture(autouse=True)
def looks_often(monkeypatch):
    monkeypatch.setattr(health, "SECONDS", 0.02)


def test_it_is_not_there_unless_it_is_asked_for(server):
    with pytest.raises(grpc.RpcError) as error:
        check(server)
    assert error.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_a_missing_package_is_named(models_folder, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name: None if name == "grpc_health" else found(name),
    )
    with pytest.raises(ImportError, match="grpcio-health-checking"):
        start(models_folder).start()


def test_probes_are_not_logged(models_folder, caplog):
    with start(models_folder) as server:
        caplog.clear()
        caplog.set_level("INFO", "keras_productgen")
        check(server)
        assert not caplog.messages


def test_a_model_that_does_not_load_is_the_only_one_not_to_serve(add_version):
    folder = add_version(1).parent.parent
    with start(folder) as server:
        (folder / "bad" / "1").mkdir(parents=True)
        saved_models.spoil(folder / "bad" / "1")
        server._watcher._safely(server._watcher.look)
        found = {name: check(server, name) for name in ("", "half", "bad")}
    assert found == {"": SERVING, "half": SERVING, "bad": NOT_SERVING}


def test_a_server_without_a_model_does_not_serve(tmp_path):
    (tmp_path / "bad" / "1").mkdir(parents=True)
    saved_models.spoil(tmp_path / "bad" / "1")
    with start(tmp_path) as server:
        assert check(server) == NOT_SERVING


def test_who_watches_is_told_of_each_change_once(add_version, tmp_path):
    folder = add_version(1).parent.parent
    away = tmp_path / "away"
    with start(folder) as server, stub(server) as found:
        watching = Watching(found, "new")
        assert watching.next() == UNKNOWN
        shutil.copytree(folder / "half", folder / "new")
        server._watcher.look()
        status = watching.next()
        if status == NOT_SERVING:  # It was seen while it was loaded.
            status = watching.next()
        assert status == SERVING
        (folder / "new").rename(away)
        server._watcher.look()
        assert watching.next() == UNKNOWN
        time.sleep(0.1)  # Some looks that find nothing new.
        assert watching.told.empty()


def test_while_the_server_closes_it_does_not_serve(add_version):
    """Asked, watched; and the watch ends, so that nobody waits for it."""
    server = start(add_version(1).parent.parent).start()
    with stub(server) as found:
        watching = Watching(found)
        assert watching.next() == SERVING
        running = server._gateway.admission.enter()
        running.__enter__()  # A call that keeps the server from closing.
        closing = threading.Thread(target=server.stop)
        closing.start()
        assert watching.next() == NOT_SERVING
        assert check(server) == check(server, "half") == NOT_SERVING
        running.__exit__(None, None, None)
        assert watching.next() is None
        closing.join(9)
        assert not closing.is_alive()


def test_watchers_take_no_threads_from_calls(add_version, tmp_path):
    """There are two threads, and more who watch than that."""
    limits = serving.Limits(max_connections=2)
    folder = add_version(1).parent.parent
    path = tmp_path / "health.sock"
    with (
        start(folder, limits=limits, grpc_socket=path) as server,
        stub(server) as found,
        stub(server, f"unix:{path}") as beside,
    ):
        first, second = Watching(found), Watching(beside)
        assert first.next() == second.next() == SERVING
        predict = clients.prediction(server).Predict
        assert list(predict(HALF, timeout=9).outputs["y"].float_val) == [3.0]
        third = Watching(found)
        assert third.next() is grpc.StatusCode.RESOURCE_EXHAUSTED
        # Who leaves makes room.
        first.leave()
        end = time.monotonic() + 9
        while (last := Watching(found).next()) != SERVING:
            assert time.monotonic() < end, last


def test_other_connections_of_an_address_do_not_watch_more(
    add_version, tmp_path
):
    limits = serving.Limits(max_connections=4)
    folder = add_version(1).parent.parent
    path = tmp_path / "health.sock"
    with (
        start(folder, limits=limits, grpc_socket=path) as server,
        contextlib.ExitStack() as stack,
    ):
        told = []
        for _ in range(3):
            # Else channels of one process share a connection.
            options = [("grpc.use_local_subchannel_pool", 1)]
            channel = grpc.insecure_channel(server.grpc_address, options)
            stack.enter_context(channel)
            stub_of = health_pb2_grpc.HealthStub(channel)
            told.append(Watching(stub_of).next())
        assert told == [SERVING, SERVING, grpc.StatusCode.RESOURCE_EXHAUSTED]
        beside = stack.enter_context(stub(server, f"unix:{path}"))
        assert Watching(beside).next() == SERVING
