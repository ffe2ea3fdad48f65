"""`productgen serve --engine ray`, as a command."""

import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("ray", reason="needs the extra `ray`")
pytestmark = pytest.mark.slow

from keras_productgen.cli.serving_run import LEAVING  # noqa: E402
from tests.deploy.stack import free_port  # noqa: E402
from tests.serving import clients  # noqa: E402
from tests.serving.saved_models import floats  # noqa: E402


class Addresses:
    """Where a server of another process answers."""

    def __init__(self, rest_port, grpc_port):
        self.rest_url = f"http://127.0.0.1:{rest_port}"
        self.grpc_address = f"127.0.0.1:{grpc_port}"


def wait_for(log, line, process, seconds=300.0):
    end = time.monotonic() + seconds
    while not re.search(line, log.read_text("utf-8", "replace")):
        assert process.poll() is None, log.read_text("utf-8", "replace")
        assert time.monotonic() < end
        time.sleep(0.2)


def test_it_answers_and_ends_when_it_is_told_to(half_plus_two, tmp_path):
    """Ray would end it at once, with a trace."""
    shutil.copytree(half_plus_two, tmp_path / "models" / "half" / "1")
    ports, log = (free_port(), free_port()), tmp_path / "log.txt"
    words = ["--port", ports[0], "--grpc-port", ports[1], "--engine", "ray"]
    command = ["-m", "keras_productgen", "serve", tmp_path / "models", *words]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *map(str, command)],
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(log, "(?m)^gRPC ", process)
        server = Addresses(*ports)
        answer = clients.post(server, "half:predict", {"instances": [2.0]})
        assert answer.json() == {"predictions": [3.0]}
        found = clients.predict(server, "half", {"x": floats(2.0)})
        assert found["y"] == [3.0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 0
        assert LEAVING in log.read_text("utf-8", "replace")
    finally:
        process.kill()
        process.wait()
