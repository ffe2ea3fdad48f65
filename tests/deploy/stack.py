"""A server, nginx and Prometheus as processes, by the files of deploy/."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import requests
import yaml

from tests.deploy import files
from tests.serving import saved_models

WAIT = 90.0
# Where each writes its lines.
LINES = {"server": "server.err", "gateway": "gateway.out"}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def wait_for(ready, process):
    """Waits until a function returns something true; returns that."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        assert process.poll() is None, "the process has ended"
        with contextlib.suppress(requests.RequestException):
            if found := ready():
                return found
        time.sleep(0.1)
    raise AssertionError("it took too long")


class Stack:
    """All three on free ports of this machine.

    Args:
        folder: an empty folder for what they read and write.
    """

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        names = ("rest", "grpc", "gateway", "gateway_grpc", "prometheus")
        self.ports = {name: free_port() for name in names}
        self.processes = {}

    def __enter__(self):
        try:
            self._save_models()
            self._start_server()
            self._start_gateway()
            self._start_prometheus()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes.values()):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def url(self, name, path):
        return f"http://127.0.0.1:{self.ports[name]}{path}"

    def lines(self, name):
        """What a process has written, a dict a line."""
        text = (self.folder / LINES[name]).read_text()
        return [json.loads(line) for line in text.splitlines()]

    def end_server(self):
        """Ends the server as Docker and Kubernetes do; returns its status."""
        self.processes["server"].send_signal(signal.SIGTERM)
        return self.processes["server"].wait(60)

    def _save_models(self):
        models = self.folder / "models"
        for number in (1, 2):
            path = models / "denoise" / str(number)
            # 2 is 3.0 for version 1, and 4.0 for version 2.
            saved_models.save(saved_models.half_plus(1.0 + number), path)
        shutil.copytree(models / "denoise" / "1", models / "catalog" / "1")
        config = files.DEPLOY / "canary" / "labels" / "models.config"
        text = config.read_text().replace('"/models/', f'"{models}/')
        (self.folder / "models.config").write_text(text)

    def _start_server(self):
        words = [
            word.replace("0.0.0.0", "127.0.0.1")
            .replace("=8501", f"={self.ports['rest']}")
            .replace("=8500", f"={self.ports['grpc']}")
            .replace("/config/models.config", f"{self.folder}/models.config")
            for word in files.serve_commands()["kubernetes"]
        ]
        command = [sys.executable, "-m", "keras_productgen", "serve"]
        self._start("server", [*command, *files.here(words)])
        self._wait("server", "rest", "/readyz")

    def _start_gateway(self):
        text = files.nginx()
        for old, new in {
            "/tmp/": f"{self.folder}/",
            "listen 8080": f"listen 127.0.0.1:{self.ports['gateway']}",
            "listen 8081": f"listen 127.0.0.1:{self.ports['gateway_grpc']}",
            "serving:8501": f"127.0.0.1:{self.ports['rest']}",
            "serving:8500": f"127.0.0.1:{self.ports['grpc']}",
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        path = self.folder / "nginx.conf"
        path.write_text(text)
        split = files.DEPLOY / "canary" / "split"
        shutil.copytree(split, self.folder / "canary")
        half = self.folder / "canary" / "split.conf"
        half.write_text(half.read_text().replace("10%", "50%"))
        command = ["nginx", "-e", "stderr", "-p", str(self.folder)]
        self._start("gateway", [*command, "-c", path, "-g", "daemon off;"])
        self._wait("gateway", "gateway", "/healthz")

    def _start_prometheus(self):
        source = files.DEPLOY / "prometheus"
        config = files.document(source / "prometheus.yml")
        config["global"] = {
            "scrape_interval": "1s",
            "evaluation_interval": "1s",
        }
        del config["alerting"]
        serving, own = config["scrape_configs"]
        del serving["dns_sd_configs"]
        for job, name in ((serving, "rest"), (own, "prometheus")):
            target = f"127.0.0.1:{self.ports[name]}"
            job["static_configs"] = [{"targets": [target]}]
        path = self.folder / "prometheus.yml"
        path.write_text(yaml.safe_dump(config))
        shutil.copy(source / "rules.yml", self.folder)
        self._start(
            "prometheus",
            [
                "prometheus",
                f"--config.file={path}",
                f"--storage.tsdb.path={self.folder}/data",
                f"--web.listen-address=127.0.0.1:{self.ports['prometheus']}",
            ],
        )
        self._wait("prometheus", "prometheus", "/-/ready")

    def _start(self, name, command):
        with (
            open(self.folder / f"{name}.out", "a") as out,
            open(self.folder / f"{name}.err", "a") as err,
        ):
            self.processes[name] = subprocess.Popen(
                list(map(str, command)),
                stdout=out,
                stderr=err,
                cwd=files.ROOT,
                env=os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"},
            )

    def _wait(self, name, port, path):
        wait_for(
            lambda: requests.get(self.url(port, path), timeout=5).ok,
            self.processes[name],
        )


def expression(text):
    """An expression of a panel, as Grafana sends it."""
    text = re.sub(r"\$__rate_interval", "1m", text)
    return text.replace("$model", ".*")
