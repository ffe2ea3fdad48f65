"""64 pictures from a server: the client, and what one would write instead.

python -m benchmarks.serving_client [rounds]

7 rounds by default, a minute or two on two cores. All ways ask one server for
the same PNG files of a small DCGAN, in turns within each round, from a second
process, and decode them: `requests` in a loop with a picture a request, or 16;
the client by REST and gRPC, with `async` and without.
`over_loop` is the median over the rounds of the time, divided by that of the
loop of 16 in the same round; above 1 is slower.
"""

import asyncio
import base64
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

NUM_PICTURES, CHUNK, ROUNDS = 64, 16, 7
LOOP = f"requests, {CHUNK} a request"


def main(rounds=ROUNDS):
    """Returns a row a way: medians and spread."""
    from benchmarks.serving_models import write_models
    from keras_productgen import serving

    with tempfile.TemporaryDirectory() as folder:
        write_models(pathlib.Path(folder))
        with serving.Server(folder, rest_port=0, grpc_port=0) as server:
            words = [server.rest_url, server.grpc_address, str(rounds)]
            process = subprocess.run(
                [sys.executable, "-m", "benchmarks.serving_client", *words],
                capture_output=True,
                text=True,
                check=True,
            )
    times = json.loads(process.stdout.splitlines()[-1])
    return [row(way, found, times[LOOP]) for way, found in times.items()]


def row(way, times, loop):
    ratios = [own / other for own, other in zip(times, loop)]
    return {
        "way": way,
        "median_ms": 1e3 * statistics.median(times),
        "least_ms": 1e3 * min(times),
        "most_ms": 1e3 * max(times),
        "over_loop": statistics.median(ratios),
    }


def called(rest_url, grpc_address, rounds):
    """Returns `{way: seconds a round}`; runs in the second process."""
    import numpy as np

    ways = {
        "requests, 1 a request": lambda seed: loop(rest_url, seed, 1),
        LOOP: lambda seed: loop(rest_url, seed, CHUNK),
        **client_ways("REST", rest_url),
        **client_ways("gRPC", f"grpc://{grpc_address}"),
    }
    times = {way: [] for way in ways}
    for number in range(rounds + 1):
        made = []
        for way, make in ways.items():
            start = time.perf_counter()
            made.append(make(number))
            times[way].append(time.perf_counter() - start)
        if not all(np.array_equal(made[0], other) for other in made):
            raise RuntimeError("The ways must make the same pictures.")
    # The first round warms up.
    return {way: found[1:] for way, found in times.items()}


def loop(url, seed, size):
    import requests

    from keras_productgen import images

    made = []
    with requests.Session() as session:
        for start in range(0, NUM_PICTURES, size):
            rows = [
                {"seed": seed, "index": index}
                for index in range(start, start + size)
            ]
            answer = session.post(
                f"{url}/v1/models/shoes:predict", json={"instances": rows}
            )
            answer.raise_for_status()
            for found in answer.json()["predictions"]:
                made.append(images.decode(base64.b64decode(found["b64"])))
    return made


def client_ways(name, url):
    from keras_productgen import serving

    def wait(seed):
        with serving.Client(url, "shoes", chunk_size=CHUNK) as client:
            return client.generate(NUM_PICTURES, seed)

    async def ask(seed):
        client = serving.AsyncClient(url, "shoes", chunk_size=CHUNK)
        async with client:
            return await client.generate(NUM_PICTURES, seed)

    return {
        f"Client, {name}": wait,
        f"AsyncClient, {name}": lambda seed: asyncio.run(ask(seed)),
    }


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(called(*sys.argv[1:3], int(sys.argv[3]))))
    else:
        for line in main(*map(int, sys.argv[1:])):
            print(
                f"{line['way']:28}",
                *(f"{cell:9.2f}" for cell in list(line.values())[1:]),
            )
