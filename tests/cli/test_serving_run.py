import json
import logging
import os
import signal
import sys
import threading

import pytest

pytest.importorskip("tensorflow_serving", reason="needs the extra `serving`")

from keras_productgen.cli import serving_run  # noqa: E402


class Server:
    """What `run` needs of a server; ends as soon as it has started."""

    rest_port, rest_url = 8501, "http://127.0.0.1:8501"
    grpc_port, grpc_address = None, None
    grpc_socket = "/run/serving.sock"
    stopped = False

    def start(self):
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()

    def stop(self):
        self.stopped = True


class SignalTaker(Server):
    """Starts what takes SIGTERM for itself, as Ray does."""

    def start(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(134))
        super().start()


@pytest.fixture
def levels():
    """Logging is as before when a test has ended."""
    levels = {
        name: logging.getLogger(name).level
        for name in ("keras_productgen", "tensorflow", "uvicorn")
    }
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_with_json_nothing_else_is_written(capsys, monkeypatch, levels):
    monkeypatch.setattr(logging.root, "handlers", [])
    server = Server()
    flags = {"enable_profiler": "true"}
    serving_run.run(server, flags, serving_run.LogFormat.JSON)
    assert server.stopped
    out, err = capsys.readouterr()
    assert out == ""
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["message"] for line in lines] == [
        "--enable_profiler has no effect here: there is no profiler.",
        "REST answers at http://127.0.0.1:8501",
        "gRPC answers at unix:/run/serving.sock",
        serving_run.LEAVING,
    ]
    assert lines[1]["address"] == "http://127.0.0.1:8501"
    assert [line["level"] for line in lines[:2]] == ["WARNING", "INFO"]


def test_whoever_takes_the_signals_meanwhile_the_server_is_stopped(
    capsys, monkeypatch, levels
):
    monkeypatch.setattr(logging.root, "handlers", [])
    before = signal.getsignal(signal.SIGTERM)
    server = SignalTaker()
    serving_run.run(server, {}, serving_run.LogFormat.JSON)
    assert server.stopped
    assert serving_run.LEAVING in capsys.readouterr().err
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_format_that_nobody_knows_is_refused(productgen):
    result = productgen("serve", "x", "--log-format", "xml")
    assert result.exit_code == 2
    assert "--log-format" in result.stderr
