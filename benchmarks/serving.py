"""What a request costs beyond the model: bare call, gRPC and REST.

python -m benchmarks.serving [rounds] [requests]

3 rounds of 300 requests each by default, some minutes on two cores. A model
that does next to nothing, y = x / 2 + 2, so that what is measured is the
server; and a small DCGAN that makes PNG files. The bare call is the same
callable of the same session, without a server. Callers are threads of a second
process. `over_bare_p50_ms` is the median over the rounds of the difference to
the bare call's median in the same round, for one caller.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROUNDS = 3
REQUESTS = 300
CALLERS = (1, 16, 64)
INPUTS = {
    "half": {"x": [2.0]},
    "shoes": {"seed": [7], "index": [0]},
}


def main(rounds=ROUNDS, requests=REQUESTS):
    """Returns rows of medians and 99th percentiles."""
    from keras_productgen import serving

    with tempfile.TemporaryDirectory() as folder:
        write_models(pathlib.Path(folder))
        with serving.Server(folder, rest_port=0, grpc_port=0) as server:
            found = measured(server, rounds, requests)
    return [row(*item) for item in found.items()]


def write_models(folder):
    import tensorflow as tf

    from keras_productgen import export
    from keras_productgen import models

    half = tf.Module()
    half.call = tf.function(
        lambda x: {"y": 0.5 * x + 2.0},
        input_signature=[tf.TensorSpec([None], tf.float32, name="x")],
    )
    tf.saved_model.save(
        half,
        str(folder / "half" / "1"),
        half.call.get_concrete_function(),
    )
    model = models.DCGAN(image_size=64, latent_dim=64, width=32)
    export.saved_model(model, folder / "shoes")


def measured(server, rounds, requests):
    """Returns `{(model, way, callers): [(seconds, times) a round]}`."""
    found = {}
    for _ in range(rounds):
        for model in INPUTS:
            bare = bare_times(server, model, requests)
            found.setdefault((model, "bare", 1), []).append(bare)
            for way in ("grpc", "rest"):
                for callers in CALLERS:
                    times = called(server, model, way, callers, requests)
                    key = (model, way, callers)
                    found.setdefault(key, []).append(times)
    bares = {model: medians(found[model, "bare", 1]) for model in INPUTS}
    return {key: (value, bares[key[0]]) for key, value in found.items()}


def bare_times(server, model, requests):
    import numpy as np
    from tensorflow_serving.apis import model_pb2

    dtype = "float32" if model == "half" else "int64"
    feeds = {k: np.array(v, dtype) for k, v in INPUTS[model].items()}
    with server.models.lease(model_pb2.ModelSpec(name=model)) as servable:
        outputs = sorted(servable.signatures["serving_default"].outputs)

        def call():
            servable.run("serving_default", feeds, outputs)

        return timed(call, requests)


def timed(call, requests, callers=1):
    """Returns `(seconds, times)`: of all, and of each request."""
    for _ in range(10):
        call()
    times = []

    def ask():
        for _ in range(max(1, requests // callers)):
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


def called(server, model, way, callers, requests):
    """Times of requests from another process."""
    address = server.grpc_address if way == "grpc" else server.rest_url
    words = [address, model, way, str(callers), str(requests)]
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving_callers", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(process.stdout.splitlines()[-1])


def medians(rounds):
    return [statistics.median(times) for _, times in rounds]


def row(key, value):
    model, way, callers = key
    rounds, bares = value
    per_second = [len(times) / seconds for seconds, times in rounds]
    found = {
        "model": model,
        "way": way,
        "callers": callers,
        "p50_ms": 1e3 * statistics.median(medians(rounds)),
        "p99_ms": 1e3 * statistics.median(map(high, rounds)),
        "per_second": statistics.median(per_second),
    }
    if way != "bare" and callers == 1:
        over = [own - bare for own, bare in zip(medians(rounds), bares)]
        found["over_bare_p50_ms"] = 1e3 * statistics.median(over)
    return found


def high(measurement):
    return statistics.quantiles(measurement[1], n=100)[98]


if __name__ == "__main__":
    arguments = [int(word) for word in sys.argv[1:]]
    for line in main(*arguments):
        cells = [
            f"{cell:9.3f}" if isinstance(cell, float) else f"{cell!s:>7}"
            for cell in line.values()
        ]
        print(*cells)
