"""Calls a server from threads: the other process of `benchmarks.serving`.

Needs neither TensorFlow nor the package, so that it starts quickly and leaves
the processor to the server.
"""

import http.client
import json
import pathlib
import sys
import threading
import time
import urllib.parse


def grpc_call(address, body, model):
    import grpc

    method = grpc.insecure_channel(address).unary_unary(
        "/tensorflow.serving.PredictionService/Predict"
    )
    return lambda: method(body, timeout=60)


def rest_call(address, body, model):
    url = urllib.parse.urlsplit(address)
    kept = threading.local()

    def call():
        if not hasattr(kept, "connection"):
            kept.connection = http.client.HTTPConnection(url.netloc)
        kept.connection.request("POST", f"/v1/models/{model}:predict", body)
        response = kept.connection.getresponse()
        answer = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status} {answer[:200]}")

    return call


def timed(call, requests, callers=1, pause=0.0):
    """Returns `(seconds, times)`: of all, and of each request.

    Args:
        call: function without arguments.
        requests: int, of all callers together.
        callers: int, threads that call.
        pause: float, seconds before each request, which do not count as its.
    """
    for _ in range(10):
        call()
    times = []

    def ask():
        for _ in range(max(1, requests // callers)):
            time.sleep(pause)
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)

    threads = [threading.Thread(target=ask) for _ in range(callers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start, times


def main(address, path, model, requests, callers, pause):
    body, way = pathlib.Path(path).read_bytes(), path.rpartition(".")[2]
    call = {"grpc": grpc_call, "rest": rest_call}[way](address, body, model)
    times = timed(call, int(requests), int(callers), float(pause))
    print(json.dumps(times))


if __name__ == "__main__":
    main(*sys.argv[1:])
