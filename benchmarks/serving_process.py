"""`productgen serve` as a process of its own, for `benchmarks.serving_soak`."""

import contextlib
import signal
import socket
import subprocess
import sys
import time


@contextlib.contextmanager
def served(models, log):
    """Within it, a server of another process: that, and its addresses."""
    ports = [free_port(), free_port()]
    words = [
        "--port",
        ports[0],
        "--grpc-port",
        ports[1],
        "--log-format",
        "json",
    ]
    command = [
        sys.executable,
        "-m",
        "keras_productgen",
        "serve",
        models,
        *words,
    ]
    with log.open("wb") as file:
        process = subprocess.Popen(
            list(map(str, command)), stdout=file, stderr=subprocess.STDOUT
        )
    try:
        rest = f"http://127.0.0.1:{ports[0]}"
        wait_until_ready(rest, process, log)
        yield process, rest, f"grpc://127.0.0.1:{ports[1]}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def wait_until_ready(url, process, log, seconds=300.0):
    import requests

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(log.read_text("utf-8", "replace")[-2000:])
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{url}/readyz", timeout=5).ok:
                return
        time.sleep(0.2)
    raise TimeoutError(f"{url} is not ready after {seconds} seconds")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
