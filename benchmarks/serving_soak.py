"""A server under mixed load while its models are exchanged: what it grows by.

python -m benchmarks.serving_soak [minutes] [requests a second]

30 minutes and 20 requests a second by default. `productgen serve` runs as a
process of its own; four threads ask it by REST and gRPC for new pictures (with
names of categories) and for restored ones; every tenth request is a bad one (no
picture, no such category, no such model) that must be refused. Every 20 seconds
a new version of the generator appears and the one before goes. A row is a
minute: what the server's memory (`VmRSS`), threads and open files were at most,
how many requests were answered, refused as they should be, and `failed`, which
is anything else.
"""

import collections
import contextlib
import dataclasses
import itertools
import pathlib
import shutil
import statistics
import sys
import tempfile
import threading
import time

from benchmarks.serving_mix import REFUSED
from benchmarks.serving_mix import kinds
from benchmarks.serving_mix import write_models
from benchmarks.serving_process import served

MINUTES, RATE = 30.0, 20.0
CALLERS, SWAP_SECONDS, LOOK_SECONDS = 4, 20.0, 1.0


@dataclasses.dataclass
class Tally:
    """What came of requests, and what the server looked like.

    Args:
        answers: list of `(seconds since the start, kind, seconds it took)`.
        looks: list of `(seconds since the start, megabytes, threads, files)`.
        swaps: list of seconds since the start at which a version was served.
        failures: list of texts.
    """

    answers: list = dataclasses.field(default_factory=list)
    looks: list = dataclasses.field(default_factory=list)
    swaps: list = dataclasses.field(default_factory=list)
    failures: list = dataclasses.field(default_factory=list)


def main(minutes=MINUTES, rate=RATE):
    """Returns a row a minute."""
    return rows(soaked(minutes, rate))


def soaked(minutes, rate):
    """Returns the `Tally` of a server that runs for so long."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        models = write_models(folder / "models")
        with served(models, folder / "log") as (process, rest, grpc):
            tally = loaded(models, process, rest, grpc, 60.0 * minutes, rate)
    return tally


def loaded(models, process, rest, grpc, seconds, rate):
    """Asks, looks and exchanges, all at once, until the time is over."""
    tally, start = Tally(), time.monotonic()
    left = lambda: time.monotonic() - start < seconds  # noqa: E731
    with contextlib.ExitStack() as stack:
        asks = [ask for url in (rest, grpc) for ask in kinds(url, stack)]
        jobs = [
            threading.Thread(target=call, args=(tally, part, start, left, rate))
            for part in (asks[k::CALLERS] for k in range(CALLERS))
        ]
        jobs.append(
            threading.Thread(target=look, args=(tally, process, start, left))
        )
        for job in jobs:
            job.start()
        swap(tally, models / "shoes", rest, start, left)
        for job in jobs:
            job.join()
    return tally


def call(tally, asks, start, left, rate):
    """Asks at a steady rate; one that fails is told, and the next is asked."""
    pause = CALLERS / rate
    due = time.monotonic()
    for name, ask in itertools.cycle(asks):
        if not left():
            return
        began = time.monotonic()
        try:
            ask()
            kind = REFUSED if name == REFUSED else "answered"
        except Exception as error:
            kind = "failed"
            tally.failures.append(f"{name}: {type(error).__name__}: {error}")
        now = time.monotonic()
        tally.answers.append((began - start, kind, now - began))
        due = max(due + pause, now - 5 * pause)
        time.sleep(max(0.0, due - now))


def look(tally, process, start, left):
    folder = pathlib.Path(f"/proc/{process.pid}")
    while left() and process.poll() is None:
        facts = dict(
            line.split(":", 1)
            for line in (folder / "status").read_text().splitlines()
        )
        megabytes = int(facts["VmRSS"].split()[0]) / 1024
        files = len(list((folder / "fd").iterdir()))
        seconds = time.monotonic() - start
        tally.looks.append((seconds, megabytes, int(facts["Threads"]), files))
        time.sleep(LOOK_SECONDS)


def swap(tally, folder, rest, start, left):
    """Adds versions as an export does, and removes those that are passed."""
    from keras_productgen import serving
    from keras_productgen.export import versions

    with serving.Client(rest, "shoes") as client:
        for number in itertools.count(2):
            end = time.monotonic() + SWAP_SECONDS
            while left() and time.monotonic() < end:
                time.sleep(0.1)
            if not left():
                return
            newest = folder / str(number - 1)
            versions.add(
                folder,
                lambda path, newest=newest: shutil.copytree(
                    newest, path, dirs_exist_ok=True
                ),
            )
            while left() and client.describe().version != number:
                time.sleep(0.2)
            if left():
                tally.swaps.append(time.monotonic() - start)
                versions.remove_older(folder, 1)


def rows(tally):
    """A dict a minute."""
    minutes = collections.defaultdict(lambda: ([], []))
    for seconds, kind, took in tally.answers:
        minutes[int(seconds // 60)][0].append((kind, took))
    for seconds, *facts in tally.looks:
        minutes[int(seconds // 60)][1].append(facts)
    swaps = collections.Counter(int(s // 60) for s in tally.swaps)
    found = []
    for minute, (answers, looks) in sorted(minutes.items()):
        counts = collections.Counter(kind for kind, _ in answers)
        times = sorted(took for kind, took in answers if kind == "answered")
        most = [max(values, default=0) for values in zip(*looks)] or [0] * 3
        found.append(
            {
                "minute": minute + 1,
                "megabytes": float(most[0]),
                "threads": most[1],
                "files": most[2],
                **{k: counts[k] for k in ("answered", "refused", "failed")},
                "swaps": swaps[minute],
                "p50_ms": 1e3 * statistics.median(times or [0.0]),
                "p99_ms": 1e3 * (times or [0.0])[int(0.99 * len(times))],
            }
        )
    return found


if __name__ == "__main__":
    tally = soaked(*(map(float, sys.argv[1:] or [MINUTES, RATE])))
    for line in rows(tally):
        cells = [
            f"{k} {v:.1f}" if isinstance(v, float) else f"{k} {v}"
            for k, v in line.items()
        ]
        print("  ".join(cells))
    for text, count in collections.Counter(tally.failures).most_common(20):
        print(count, text)
