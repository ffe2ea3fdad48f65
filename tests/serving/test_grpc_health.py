"""gRPC's own service of health, over a real channel."""

import contextlib
import importlib.util
import queue
import shutil
import threading
import time

import grpc
import pytest

pytest.importorskip("grpc_health", reason="needs the extra `serving`")

from grpc_health.v1 import health_pb2  # noqa: E402
from grpc_health.v1 import health_pb2_grpc  # noqa: E402

from keras_productgen import serving  # noqa: E402
from keras_productgen.serving.grpc_interface import health  # noqa: E402
from tests.serving import clients  # noqa: E402
from tests.serving import saved_models  # noqa: E402
from tests.serving.saved_models import floats  # noqa: E402

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
HALF = clients.predict_request("half", {"x": floats(2.0)})


@pytest.fixture(autouse=True)
def looks_often(monkeypatch):
    monkeypatch.setattr(health, "SECONDS", 0.02)


def start(folder, **settings):
    return serving.Server(
        folder,
        rest_port=0,
        grpc_port=0,
        poll_seconds=0,
        grpc_health=True,
        **settings,
    )


@pytest.fixture(scope="module")
def healthy(models_folder, tmp_path_factory):
    """A server with keys, which no test changes."""
    keys = tmp_path_factory.mktemp("keys") / "keys.txt"
    keys.write_text("shop right")
    with start(models_folder, api_keys=keys) as server:
        yield server


@contextlib.contextmanager
def stub(server):
    with grpc.insecure_channel(server.grpc_address) as channel:
        yield health_pb2_grpc.HealthStub(channel)


def asked(name):
    return health_pb2.HealthCheckRequest(service=name)


def check(server, name=""):
    with stub(server) as found:
        return found.Check(asked(name), timeout=9).status


class Watching:
    """What a server tells somebody who watches, in a queue; None is the end."""

    def __init__(self, stub, name=""):
        self.told = queue.Queue()
        self._call = stub.Watch(asked(name))
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self):
        return self.told.get(timeout=9)

    def leave(self):
        self._call.cancel()

    def _listen(self):
        try:
            for response in self._call:
                self.told.put(response.status)
            self.told.put(None)
        except grpc.RpcError as error:
            self.told.put(error.code())


@pytest.mark.parametrize("name", ["", "half", *health.WHOLE[1:]])
def test_health_needs_no_key(healthy, name):
    assert check(healthy, name) == SERVING
    with pytest.raises(grpc.RpcError) as error:
        clients.prediction(healthy).Predict(HALF, timeout=9)
    assert error.value.code() is grpc.StatusCode.UNAUTHENTICATED


def test_what_nobody_knows_is_not_found(healthy):
    with pytest.raises(grpc.RpcError) as error:
        check(healthy, "sock")
    assert error.value.code() is grpc.StatusCode.NOT_FOUND


def test_all_are_listed(healthy):
    with stub(healthy) as found:
        listed = found.List(health_pb2.HealthListRequest(), timeout=9).statuses
    assert set(listed) == {*health.WHOLE, "half", "pictures"}
    assert {each.status for each in listed.values()} == {SERVING}


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


def test_probes_are_not_logged(healthy, caplog):
    caplog.set_level("INFO", "keras_productgen")
    check(healthy)
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


class Admission:
    draining = False


class Models:
    names, not_serving, ready = [], [], True

    def __contains__(self, name):
        return False


class Context:
    def add_callback(self, callback):
        return True


def test_who_reads_nothing_keeps_nobody_from_asking_or_closing(monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    stuck, goes_on, sent = threading.Event(), threading.Event(), []

    def send(response):
        sent.append(response)
        if len(sent) > 1:
            stuck.set()
            goes_on.wait(9)

    found = health.Health(Models(), Admission(), 5)
    found.start()
    found.Watch(asked(""), Context(), send)
    found.admission.draining = True
    assert stuck.wait(9)
    assert found.Check(asked(""), Context()).status == NOT_SERVING
    found.stop()
    goes_on.set()
    found._thread.join(9)
    assert [each and each.status for each in sent] == [1, 2, None]


def test_watchers_take_no_threads_from_calls(add_version):
    """There are two threads, and more who watch than that."""
    limits = serving.Limits(max_connections=2)
    folder = add_version(1).parent.parent
    with start(folder, limits=limits) as server, stub(server) as found:
        first, second = Watching(found), Watching(found)
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
