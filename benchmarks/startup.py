"""What it costs to import the package, to ask for help and to run the demo.

python -m benchmarks.startup
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
IMPORTS = {
    "import keras": "import keras",
    "import keras, keras_productgen": "import keras, keras_productgen",
    "import keras, its models": (
        "import keras, keras_productgen.models, keras_productgen.training"
    ),
}


def seconds_of(*arguments):
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True
    )
    return time.perf_counter() - start


def main():
    """Returns the measurements as rows `{"name", "value", "unit"}`."""
    commands = {name: ("-c", code) for name, code in IMPORTS.items()}
    commands["productgen --help"] = ("-m", "keras_productgen", "--help")
    times = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, arguments in commands.items():
            times[name].append(seconds_of(*arguments))
    rows = [
        {"name": name, "value": statistics.median(values), "unit": "s"}
        for name, values in times.items()
    ]
    base = times["import keras"]
    for name in list(IMPORTS)[1:]:
        extra = [ours - keras for ours, keras in zip(times[name], base)]
        rows.append(
            {
                "name": f"{name}, over keras alone",
                "value": statistics.median(extra),
                "unit": "s",
            }
        )
    return rows + demo()


def demo():
    with tempfile.TemporaryDirectory() as folder:
        seconds = seconds_of(
            "-m", "keras_productgen", "demo", "--out", f"{folder}/demo"
        )
    # The largest of all child processes so far; the demo is it by far.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    return [
        {"name": "productgen demo", "value": seconds, "unit": "s"},
        {"name": "productgen demo, peak memory", "value": peak, "unit": "GiB"},
    ]


if __name__ == "__main__":
    for row in main():
        print(f"{row['name']:45} {row['value']:8.3f} {row['unit']}")
