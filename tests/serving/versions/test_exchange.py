"""Versions come and go while requests run."""

import logging
import shutil
import threading
import time

import grpc
import pytest
import requests
import tensorflow as tf
from tensorflow_serving.apis import model_management_pb2

from keras_productgen import serving
from tests.serving import clients
from tests.serving.saved_models import floats


def start(models, **settings):
    settings = {"rest_port": 0, "grpc_port": 0, "poll_seconds": 0, **settings}
    return serving.Server(models, **settings)


def answer(server, **options):
    """What the model makes of 2: 3 by version 1, 4 by the other."""
    found = clients.predict(server, "half", {"x": floats(2)}, **options)
    return found["y"].item()


def states(server):
    found = clients.get(server, "/v1/models/half").json()
    return {
        int(status["version"]): (status["state"], status["status"])
        for status in found["model_version_status"]
    }


def errors(caplog):
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR
    ]


def until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_new_version_takes_over_and_no_request_fails(add_version):
    add_version(1, 2)
    failures, answers, ended = [], [], threading.Event()

    def by_grpc(server):
        request = clients.predict_request("half", {"x": floats(2)})
        stub = clients.prediction(server)
        return lambda: stub.Predict(request, timeout=9).outputs["y"].float_val

    def by_rest(server):
        url = f"{server.rest_url}/v1/models/half:predict"
        session = requests.Session()

        def ask():
            answer = session.post(url, json={"inputs": [2.0]}, timeout=9)
            answer.raise_for_status()
            return answer.json()["outputs"]

        return ask

    def call(ask):
        while not ended.is_set():
            try:
                answers.append(ask()[0])
            except (grpc.RpcError, requests.RequestException) as error:
                failures.append(error)

    with start(add_version(2, 3).parent.parent) as server:
        shutil.rmtree(add_version(1000, 2))  # Nothing happens to what is gone.
        callers = [
            threading.Thread(target=call, args=[way(server)])
            for way in (by_grpc, by_rest) * 2
        ]
        for caller in callers:
            caller.start()
        for version in (3, 4, 5):
            count = len(answers)
            until(lambda count=count: len(answers) > count + 20)
            add_version(version, 2 + version % 2)
            server.models.refresh()
        until(lambda: answers[-1] == 4.0 and len(answers) > 100)
        ended.set()
        for caller in callers:
            caller.join()
        assert not failures
        assert set(answers) == {3.0, 4.0}
        assert states(server)[5][0] == "AVAILABLE"
        assert {states(server)[v][0] for v in (2, 3, 4)} == {"END"}


def test_a_folder_is_watched(add_version):
    with start(add_version(1, 2).parent.parent, poll_seconds=0.05) as server:
        assert answer(server) == 3.0
        add_version(2, 3)
        until(lambda: answer(server) == 4.0)


def test_a_model_that_is_added_is_served(add_version, half_plus_three):
    folder = add_version(1, 2).parent.parent
    with start(folder, poll_seconds=0.05) as server:
        shutil.copytree(half_plus_three, folder / "other" / "1")
        until(lambda: "other" in server.models and server.models.ready)
        found = clients.predict(server, "other", {"x": floats(2)})
        assert found["y"] == [4.0]


def test_a_broken_version_leaves_the_old_one_and_says_why(add_version):
    with start(add_version(1, 2).parent.parent) as server:
        broken = add_version(2, 3, broken=True)
        server.models.refresh()
        assert answer(server) == 3.0
        state, status = states(server)[2]
        assert state == "END"
        assert status["error_code"] != "OK"
        assert "Cannot parse" in status["error_message"]
        assert "/" not in status["error_message"]
        # It is tried again when its files change.
        shutil.rmtree(broken)
        add_version(2, 3)
        server.models.refresh()
        assert answer(server) == 4.0


def of_weights(path, number):
    """y = x / 2 + a weight."""
    module = tf.Module()
    module.weight = tf.Variable(number)
    module.of = tf.function(
        lambda x: {"y": 0.5 * x + module.weight},
        input_signature=[tf.TensorSpec([None], tf.float32, name="x")],
    )
    tf.saved_model.save(module, str(path), module.of.get_concrete_function())
    return path


DAMAGES = {
    "weights are cut off": lambda data: data.write_bytes(b""),
    "weights are gone": lambda data: data.unlink(),
    "weights are others": lambda data: data.write_bytes(b"x" * 4096),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_version_with_damaged_weights_leaves_the_old_one(damage, tmp_path):
    folder = tmp_path / "half"
    of_weights(folder / "1", 2.0)
    with start(tmp_path) as server:
        second = of_weights(folder / ".tmp-2", 3.0)
        (data,) = second.glob("variables/variables.data-*")
        DAMAGES[damage](data)
        second.rename(folder / "2")
        server.models.refresh()
        state, status = states(server)[2]
        assert (state, status["error_code"] != "OK") == ("END", True)
        assert status["error_message"]
        assert str(tmp_path) not in status["error_message"]
        assert answer(server) == 3.0


def test_a_broken_version_is_not_loaded_again_and_again(add_version):
    add_version(1, 2)
    folder = add_version(2, 3, broken=True).parent.parent
    with start(folder) as server:
        for _ in range(3):
            server.models.refresh()
        page = clients.metrics(server)
        line = 'load_attempt_count{model_path="half/2",status="fail"} 1\n'
        assert line in page


def test_a_server_starts_where_every_version_is_broken(add_version):
    with start(add_version(1, 2, broken=True).parent.parent) as server:
        assert clients.get(server, "/readyz").status_code == 503
        response = clients.post(server, "half:predict", {"instances": [2.0]})
        assert response.status_code == 404


def test_old_versions_answer_where_all_are_served(add_version, tmp_path):
    add_version(1, 2)
    base = add_version(2, 3).parent
    file = tmp_path / "models.config"
    file.write_text(
        f"""model_config_list {{ config {{
          name: "half" base_path: "{base}" model_platform: "tensorflow"
          model_version_policy {{ all {{}} }}
          version_labels {{ key: "stable" value: 1 }}
          version_labels {{ key: "canary" value: 2 }}
        }} }}"""
    )
    with start(file) as server:
        assert answer(server) == 4.0
        assert answer(server, version=1) == 3.0
        assert answer(server, label="stable") == 3.0
        assert answer(server, label="canary") == 4.0
        path = "half/labels/stable:predict"
        response = clients.post(server, path, {"instances": [2.0]})
        assert response.json() == {"predictions": [3.0]}


def config(name, base, policy="latest", labels=None):
    request = model_management_pb2.ReloadConfigRequest()
    model = request.config.model_config_list.config.add(
        name=name, base_path=str(base), model_platform="tensorflow"
    )
    getattr(model.model_version_policy, policy).SetInParent()
    for label, version in (labels or {}).items():
        model.version_labels[label] = version
    return request


def reload(server, request):
    stub = clients.model_service(server)
    return stub.HandleReloadConfigRequest(request, timeout=20).status


def test_reload_exchanges_models(add_version, half_plus_three, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(half_plus_three, other / "7")
    with start(add_version(1, 2).parent.parent) as server:
        assert not reload(server, config("new", other)).error_code
        assert clients.predict(server, "new", {"x": floats(2)})["y"] == [4.0]
        with pytest.raises(grpc.RpcError, match="Latest\\(half\\)"):
            answer(server)


def test_reload_to_another_folder_keeps_the_model_until_that_loads(
    add_version, half_plus_three, tmp_path
):
    with start(add_version(1, 2).parent.parent) as server:
        status = reload(server, config("half", tmp_path / "nowhere"))
        assert status.error_code == 5
        assert "half has no version" in status.error_message
        assert answer(server) == 3.0
        # The wish stays: it is followed when it can be.
        shutil.copytree(half_plus_three, tmp_path / "nowhere" / "1")
        server.models.refresh()
        assert answer(server) == 4.0


def test_reload_refuses_labels_of_versions_that_do_not_serve(add_version):
    base = add_version(1, 2).parent
    with start(base.parent) as server:
        assert not reload(
            server, config("half", base, labels={"a": 1})
        ).error_code
        status = reload(server, config("half", base, labels={"a": 9}))
        assert status.error_code == 9
        assert "version 9" in status.error_message
        assert answer(server, label="a") == 3.0


@pytest.mark.parametrize(
    "request_, message",
    [
        (model_management_pb2.ReloadConfigRequest(), "model_config_list"),
        (config("", "/x"), "`name`"),
        (config("a", ""), "`base_path`"),
        (config("a", "/x", "specific"), "must name versions"),
    ],
    ids=["empty", "no name", "no path", "no versions"],
)
def test_reload_refuses_nonsense_and_changes_nothing(
    add_version, request_, message
):
    with start(add_version(1, 2).parent.parent) as server:
        status = reload(server, request_)
        assert status.error_code == 3
        assert message in status.error_message
        assert answer(server) == 3.0


def test_a_changed_configuration_file_is_followed(
    add_version, half_plus_three, tmp_path, caplog
):
    file = tmp_path / "models.config"

    def write(text):
        file.write_text(text)

    def line(name, base):
        return f'config {{ name: "{name}" base_path: "{base}" }} '

    half = line("half", add_version(1, 2).parent)
    shutil.copytree(half_plus_three, tmp_path / "other" / "1")
    write(f"model_config_list {{ {half} }}")
    with start(file, poll_seconds=0.05) as server:
        assert server.models.names == ["half"]
        write("model_config_list { oh no")
        until(lambda: errors(caplog))
        time.sleep(0.2)
        assert answer(server) == 3.0
        # It is said once, and not at every look.
        (message,) = errors(caplog)
        assert "Error parsing text-format" in message
        # A path may start from the folder of the file.
        write(f"model_config_list {{ {half} {line('b', 'other')} }}")
        until(lambda: server.models.names == ["b", "half"])


def test_unreadable_warm_up_keeps_a_version_from_serving(add_version):
    with start(add_version(1, 2).parent.parent) as server:
        warm_up = add_version(2, 3)
        folder = warm_up / "assets.extra"
        folder.mkdir()
        (folder / "tf_serving_warmup_requests").write_bytes(b"nothing" * 9)
        server.models.refresh()
        assert answer(server) == 3.0
        message = states(server)[2][1]["error_message"]
        assert "Warm-up requests cannot be read" in message


def test_a_version_that_is_let_go_ends_its_running_requests(
    pictures_model, tmp_path
):
    base = tmp_path / "pictures"
    shutil.copytree(pictures_model, base / "1")
    with start(base) as server:
        found = []

        def ask():
            inputs = {"seconds": floats(0.7)}
            found.append(
                clients.predict(server, "pictures", inputs, signature="wait")
            )

        caller = threading.Thread(target=ask)
        caller.start()
        until(lambda: "productgen_serving_requests 1" in server.metrics.page())
        shutil.copytree(pictures_model, base / "2")
        server.models.refresh()
        caller.join()
        assert found[0]["slept"] == floats(0.7)
