"""Every family on the same data with the same budget, beside two tutorials.

Products of the catalogue at 32 pixels, 4,000 to learn from, batches of 32, each
training a process of its own on one thread, about as its paper has it. The
kernel inception distance (KID; lower is better; by the package's encoder) to
1,000 products that no training saw is measured once so many pictures have been
seen, and once so many seconds of the processor are used, of which making graphs
and measuring are no part. `kid` is the mean over the seeds, `interval` the 95 %
interval of Student around it, `error` the standard error that one of them has
from its pictures. `category` is the share of pictures in which a judge, that
knows real renders alone, sees the category asked for; `color` the median
CIEDE2000 to the colour asked for. Translators are given something else to start
from (a flat sketch; a dim, warm, blurred picture; a colour to change to):
`psnr` says how near the true picture they come, in dB, `psnr_unchanged` how
near what they start from was.

    python -m benchmarks.families [PICTURES SECONDS SEEDS [FOLDER]]

Each training writes a file into the folder; those that are there are not run
again. `python -m benchmarks families` is the short form: fewer families, one
seed, less of everything.
"""

import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from keras_productgen.evaluation.intervals import around

SHORT = ("DCGAN of tensorflow.org", "DCGAN", "ConditionalGAN", "ACGAN")


def main(names=SHORT, num_pictures=6400, seconds=20, num_seeds=1, folder=None):
    """Returns a row a family."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(folder or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        judge = folder / "judge.keras"
        if not judge.exists():
            start("judge", judge)
        # A seed of all before the next of any: a run cut short is still fair.
        for seed in range(num_seeds):
            for name in names:
                out = path_of(name, seed, folder)
                if not out.exists():
                    start("run", name, seed, num_pictures, seconds, out)
        return [row(name, folder) for name in names]


def start(module, *arguments):
    command = [sys.executable, "-m", f"benchmarks.families.{module}"]
    threads = {"TF_NUM_INTEROP_THREADS": "1", "OMP_NUM_THREADS": "1"}
    subprocess.run(
        [*command, *map(str, arguments)], check=True, env=os.environ | threads
    )


def path_of(name, seed, folder):
    return folder / f"{name.replace(' ', '_')}_{seed}.json"


def row(name, folder):
    paths = sorted(folder.glob(f"{name.replace(' ', '_')}_[0-9]*.json"))
    runs = [json.loads(path.read_text()) for path in paths]

    def values(place, key):
        return [run[place][key] for run in runs if key in run[place]]

    def mean(place, key):
        return statistics.fmean(values(place, key))

    found = {"name": name, "seeds": len(runs)}
    for place in ("at_pictures", "at_seconds"):
        distances = values(place, "kid")
        found[f"kid {place}"] = statistics.fmean(distances)
        if len(distances) > 1:
            found[f"interval {place}"] = interval(distances)
        found[f"error {place}"] = mean(place, "kid_error")
        for key in ("category", "color", "psnr"):
            if values(place, key):
                found[f"{key} {place}"] = mean(place, key)
    if values("at_seconds", "psnr_unchanged"):
        found["psnr_unchanged"] = mean("at_seconds", "psnr_unchanged")
    for key in ("seconds_per_1000", "peak_gib"):
        found[key] = statistics.median(run[key] for run in runs)
    return found


def interval(values):
    """Student's 95 % interval around the mean of two values or more."""
    error = statistics.stdev(values) / math.sqrt(len(values))
    return around(statistics.fmean(values), error, len(values))
