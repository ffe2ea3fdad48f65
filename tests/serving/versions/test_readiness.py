"""A server is ready while it can serve; what it cannot serve is named."""

import contextlib
import shutil
import threading

import pytest

from keras_productgen import serving
from keras_productgen.export import versions
from keras_productgen.serving.config import ModelConfig
from keras_productgen.serving.versions import Models
from tests.serving import clients
from tests.serving import saved_models
from tests.serving.versions.test_exchange import answer
from tests.serving.versions.test_exchange import start
from tests.serving.versions.test_exchange import states


def readiness(server):
    response = clients.get(server, "/readyz")
    return response.status_code, response.json()


READY = (200, {"status": "ready"})


def look(server):
    """As the thread does that watches the folder."""
    server._watcher._safely(server._watcher.look)


def add_broken(folder, name):
    path = folder / name / "1"
    path.mkdir(parents=True)
    saved_models.spoil(path)
    return path


def test_a_new_model_that_is_broken_keeps_nobody_from_the_others(add_version):
    folder = add_version(1, 2).parent.parent
    with start(folder) as server:
        assert readiness(server) == READY
        broken = add_broken(folder, "bad")
        look(server)
        named = {"status": "ready", "not_serving": ["bad"]}
        assert readiness(server) == (200, named)
        assert answer(server) == 3.0
        # Why, and that an alert can see it.
        found = clients.get(server, "/v1/models/bad").json()
        (status,) = found["model_version_status"]
        assert status["state"] == "END"
        assert "Cannot parse" in status["status"]["error_message"]
        gauge = 'version_state{model_name="bad",version="1"} 50\n'
        assert gauge in clients.metrics(server)
        refused = clients.post(server, "bad:predict", {"instances": [2.0]})
        assert refused.status_code == 404
        shutil.rmtree(broken.parent)
        look(server)
        assert readiness(server) == READY


def test_a_server_starts_with_what_can_be_served(add_version):
    folder = add_version(1, 2).parent.parent
    add_broken(folder, "bad")
    with start(folder) as server:
        named = {"status": "ready", "not_serving": ["bad"]}
        assert readiness(server) == (200, named)
        assert answer(server) == 3.0


def test_a_server_that_serves_nothing_is_not_ready(add_version, tmp_path):
    add_broken(tmp_path, "bad")
    with start(tmp_path) as server:
        named = {"status": "not ready", "not_serving": ["bad"]}
        assert readiness(server) == (503, named)


class Servable:
    """What `Model` needs of one."""

    def __init__(self, path):
        self.path, self.held = path, 0

    def hold(self):
        self.held += 1

    def release(self):
        self.held -= 1

    def close(self):
        pass


def config(name, folder):
    (folder / "1").mkdir(parents=True, exist_ok=True)
    return ModelConfig(name, folder)


def spec(name):
    return clients.predict_request(name, {}).model_spec


def test_a_model_is_none_before_it_has_loaded(tmp_path):
    loading, go_on = threading.Event(), threading.Event()

    def load(name, version, path):
        if name == "second":
            loading.set()
            go_on.wait(10)
        return Servable(path)

    models = Models(load)
    assert not models.ready
    first = config("first", tmp_path / "a")
    models.configure([first])
    assert models.ready
    both = [first, config("second", tmp_path / "b")]
    thread = threading.Thread(target=models.configure, args=[both])
    thread.start()
    loading.wait(10)
    assert models.ready
    assert (models.names, models.not_serving) == (["first"], ["second"])
    assert models.all_statuses()["second"][0].state.name == "LOADING"
    go_on.set()
    thread.join()
    assert (models.names, models.not_serving) == (["first", "second"], [])


def test_a_model_that_is_exchanged_while_it_is_asked_for_answers(tmp_path):
    """The request has found the old one, which is let go of just then."""
    models = Models(lambda name, version, path: Servable(path))
    old, new = config("a", tmp_path / "old"), config("a", tmp_path / "new")
    models.configure([old])
    model = models._models["a"]
    hold = model.hold

    def exchanged_before(*arguments):
        model.hold = hold
        models.configure([new])
        return hold(*arguments)

    model.hold = exchanged_before
    with models.lease(spec("a")) as servable:
        assert servable.path == tmp_path / "new" / "1"
        assert servable.held == 1
    assert servable.held == 0


def test_what_is_not_there_is_not_looked_for_for_ever(tmp_path):
    models = Models(lambda name, version, path: Servable(path))
    models.configure([config("a", tmp_path / "a")])
    request = spec("a")
    request.version.value = 9
    with pytest.raises(serving.ServingError, match=r"Specific\(a, 9\)"):
        with models.lease(request):
            pass


def test_a_folder_that_is_wished_back_is_no_failure(tmp_path):
    """A reload to a folder that does not load, and then the old one again."""

    def load(name, version, path):
        if path.parent.name == "bad":
            raise serving.ServingError(2, "no")
        return Servable(path)

    models = Models(load)
    good, bad = config("a", tmp_path / "good"), config("a", tmp_path / "bad")
    models.configure([good])
    with pytest.raises(serving.ServingError):
        models.configure([bad])
    models.configure([good])


def test_an_export_that_met_a_full_disk_leaves_the_version_before(
    add_version, monkeypatch
):
    """It could not even remove what it had written."""
    base = add_version(1, 2).parent
    monkeypatch.setattr(versions.shutil, "rmtree", lambda *_, **__: None)

    def write(path):
        (path / "saved_model.pb").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with start(base.parent) as server:
        with contextlib.suppress(OSError):
            versions.add(base, write)
        assert len(list(base.iterdir())) == 2  # What is left behind is there.
        for _ in range(3):
            server.models.refresh()
        assert answer(server) == 3.0
        assert list(states(server)) == [1]
        assert readiness(server) == READY
