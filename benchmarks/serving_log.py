"""What the log costs a request of the server.

python -m benchmarks.serving_log [rounds] [requests]

A request is told as the server does it, in turns with a line of JSON, a line of
text, and without a line (below the level of the log); lines go to /dev/null. 5
rounds of 2000 by default, some seconds. `over_none_us` is the median over the
rounds of the difference to no line in the same round.
"""

import contextlib
import logging
import os
import statistics
import sys
import time

ROUNDS, REQUESTS = 5, 2000
NONE = "no line"


def main(rounds=ROUNDS, requests=REQUESTS):
    """Returns a row a way."""
    from keras_productgen.serving import logs

    ways = {
        "JSON": logs.JsonFormatter(),
        "text": logs.TextFormatter(),
        NONE: None,
    }
    found = {way: [] for way in ways}
    for _ in range(rounds + 1):
        for way, formatter in ways.items():
            with writing(formatter):
                found[way].append(timed(requests))
    # The first round warms up.
    return [
        row(way, times[1:], found[NONE][1:]) for way, times in found.items()
    ]


@contextlib.contextmanager
def writing(formatter):
    """Within it, lines are written so, and to nowhere."""
    logger = logging.getLogger("keras_productgen.serving.logs.requests")
    level, logger.propagate = logger.level, False
    with open(os.devnull, "w") as nowhere:
        handler = logging.StreamHandler(nowhere)
        handler.setFormatter(formatter)
        logger.addHandler(handler)
        logger.setLevel(logging.ERROR if formatter is None else logging.INFO)
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = True


def timed(requests):
    """Returns the median of the microseconds of a request."""
    times = []
    for _ in range(requests):
        start = time.perf_counter()
        tell()
        times.append(1e6 * (time.perf_counter() - start))
    return statistics.median(times)


def tell():
    """A request as the server tells it."""
    from keras_productgen.serving import logs

    call = "POST /v1/models/half:predict"
    with logs.told("REST", "a-name", call=call) as facts:
        facts |= {"api": "predict", "model": "half", "request_bytes": 20}
        facts |= {"status": "OK", "http_status": 200, "response_bytes": 22}


def row(way, times, without):
    over = [own - none for own, none in zip(times, without)]
    return {
        "line": way,
        "median_us": statistics.median(times),
        "least_us": min(times),
        "most_us": max(times),
        "over_none_us": statistics.median(over),
    }


if __name__ == "__main__":
    for line in main(*map(int, sys.argv[1:])):
        cells = list(line.values())
        print(f"{cells[0]:8}", *(f"{cell:9.2f}" for cell in cells[1:]))
