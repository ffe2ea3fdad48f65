"""What a request costs beyond the model: bare call, gRPC and REST.

python -m benchmarks.serving [rounds] [requests] [part] ...

3 rounds of 300 requests each by default, some minutes on two cores; parts are
`nothing`, `half`, `shoes` and `photo`, by default all. The bare call is the
same callable of the same session, without a server. Callers are threads of a
second process. `over_bare_p50_ms` is the median over the rounds of the
difference to the bare call's median in the same round, for one caller.

- `half` does next to nothing, y = x / 2 + 2, so that what is measured is the
  server. `shoes` is a small DCGAN that makes PNG files.
- `photo` is a small NAFNet and a photo of 256 x 256 pixels, a tenth of the
  requests: as `files`, JPEG in and PNG out, in base64 by REST; and as
  `tensors`, float32 in and out, text by REST.
- `nothing` is Python's gRPC without our server and without a model: no server
  in Python can be below it.
- `rested`: each call comes 4 ms after the last answer, about as long as `shoes`
  computes. Threads then sleep and caches are cold, with any model or none:
  what `shoes` costs beyond the bare call is to be held against this.
"""

import contextlib
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
from concurrent import futures

from benchmarks.serving_callers import timed
from benchmarks.serving_models import CASES
from benchmarks.serving_models import PARTS
from benchmarks.serving_models import feeds
from benchmarks.serving_models import write_models
from benchmarks.serving_models import write_requests

ROUNDS, REQUESTS, PAUSE = 3, 300, 0.004
RESTED = ", rested"


def main(rounds=ROUNDS, requests=REQUESTS, parts=PARTS):
    """Returns rows of medians and 99th percentiles."""
    from keras_productgen import serving

    names = [name for name in CASES if name.partition(",")[0] in parts]
    with contextlib.ExitStack() as stack:
        temporary = tempfile.TemporaryDirectory()
        folder = pathlib.Path(stack.enter_context(temporary))
        (folder / "models").mkdir()
        write_models(folder / "models", {CASES[name].model for name in names})
        write_requests(folder, names)
        server = serving.Server(folder / "models", rest_port=0, grpc_port=0)
        stack.enter_context(server)
        empty = stack.enter_context(nothing())
        found = {}
        for _ in range(rounds):
            for name in names:
                at = empty if CASES[name].model is None else server
                for key, times in measured(at, folder, name, requests):
                    found.setdefault(key, []).append(times)
    return [row(key, found) for key in found]


@contextlib.contextmanager
def nothing():
    """Within it, a server of gRPC that answers everything with no bytes."""
    import grpc

    method = grpc.unary_unary_rpc_method_handler(lambda *_: b"")
    handler = grpc.method_handlers_generic_handler(
        "tensorflow.serving.PredictionService", {"Predict": method}
    )
    server = grpc.server(futures.ThreadPoolExecutor(16))
    server.add_generic_rpc_handlers((handler,))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0)


def measured(server, folder, name, requests):
    """Yields `((case, way, callers), (seconds, times))`."""
    case = CASES[name]
    requests = max(10, requests // case.one_of)
    rests = {"": 0.0, RESTED: PAUSE} if case.rests else {"": 0.0}
    if case.model is None:
        for rested, pause in rests.items():
            asked = (server, folder, name, "grpc", requests)
            yield (name, f"grpc{rested}", 1), called(*asked, pause=pause)
        return
    for rested, pause in rests.items():
        times = bare_times(server, name, requests, pause)
        yield (name, f"bare{rested}", 1), times
    for way in ("grpc", "rest"):
        address = server.grpc_address if way == "grpc" else server.rest_url
        asked = (address, folder, name, way, requests)
        for callers in case.callers:
            yield (name, way, callers), called(*asked, callers)
        if case.rests:
            yield (name, f"{way}{RESTED}", 1), called(*asked, pause=PAUSE)


def bare_times(server, name, requests, pause):
    from tensorflow_serving.apis import model_pb2

    case, arrays = CASES[name], feeds()[name]
    with server.models.lease(model_pb2.ModelSpec(name=case.model)) as servable:
        outputs = sorted(servable.signatures[case.signature].outputs)

        def call():
            servable.run(case.signature, arrays, outputs)

        return timed(call, requests, pause=pause)


def called(address, folder, name, way, requests, callers=1, pause=0.0):
    """Times of requests from another process."""
    body, model = folder / f"{name}.{way}", CASES[name].model
    words = [address, body, model, requests, callers, pause]
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving_callers", *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(process.stdout.splitlines()[-1])


def medians(rounds):
    return [statistics.median(times) for _, times in rounds]


def row(key, found):
    name, way, callers = key
    rounds = found[key]
    cells = {
        "model": name,
        "way": way,
        "callers": callers,
        "p50_ms": 1e3 * statistics.median(medians(rounds)),
        "p99_ms": 1e3 * statistics.median(map(high, rounds)),
    }
    if RESTED not in way:
        per_second = [len(times) / seconds for seconds, times in rounds]
        cells["per_second"] = statistics.median(per_second)
    bare = found.get((name, f"bare{RESTED if RESTED in way else ''}", 1))
    if bare is not None and callers == 1 and not way.startswith("bare"):
        over = [own - base for own, base in zip(medians(rounds), medians(bare))]
        cells["over_bare_p50_ms"] = 1e3 * statistics.median(over)
    return cells


def high(measurement):
    return statistics.quantiles(measurement[1], n=100)[98]


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    for line in main(*numbers, *([sys.argv[3:]] if sys.argv[3:] else [])):
        cells = [
            f"{cell:9.3f}" if isinstance(cell, float) else f"{cell!s:>14}"
            for cell in line.values()
        ]
        print(*cells)
