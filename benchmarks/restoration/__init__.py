"""How long a megapixel takes, and how much memory, beside what else there is.

Milliseconds for a megapixel of a picture of 1,024 x 1,024 pixels (512 x 512
where it is enlarged: the pixels that come out count), on all cores. "restore"
is the call on uint8 pictures, tiles and all; "torch" the same network with the
same weights in plain PyTorch, whole pictures at once, in the layout that is
faster here; the others the filters that `editing.classical` names. Each is a
process of its own; they take turns, ROUNDS times, and the medians count.
"torch/ours" and "classical/ours" are medians of the ratios within a round:
above 1 ours is faster. "peak" is the memory of the process at its highest,
above that before the first picture, in MiB.

    python -m benchmarks restoration
"""

import statistics
import subprocess
import sys

ROUNDS = 7
# Of each task: ours, the network in torch, the filter it stands for.
TASKS = {
    "denoise": ("denoise", "denoise torch", "denoise nlm"),
    "denoise, bfloat16": ("denoise bfloat16", "denoise torch", "denoise nlm"),
    "upscale_2": ("upscale_2", "upscale_2 torch", "upscale_2 lanczos"),
    "color": ("color", None, "color shades-of-grey"),
    "low_light": ("low_light", None, "low_light clahe"),
    "deblur": ("deblur", None, "deblur richardson-lucy"),
    "restore": ("restore", None, "restore classical"),
    "inpaint": ("inpaint", None, "inpaint telea"),
}


class Worker:
    """A process that restores a picture whenever it is told to."""

    def __init__(self, name):
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.restoration.worker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.measure()  # The first compiles.

    def measure(self):
        """Returns milliseconds for a megapixel, and MiB at the highest."""
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} did not measure anything")
        return tuple(map(float, line.split()))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main(tasks=tuple(TASKS)):
    return [row(task, *TASKS[task]) for task in tasks]


def row(task, *names):
    workers = {name: Worker(name) for name in names if name}
    rounds = [
        {name: worker.measure() for name, worker in workers.items()}
        for _ in range(ROUNDS)
    ]
    for worker in workers.values():
        worker.close()

    def median(name, place):
        if name is None:
            return None
        return round(statistics.median(each[name][place] for each in rounds))

    def ratio(name):
        if name is None:
            return None
        ours = names[0]
        return round(
            statistics.median(each[name][0] / each[ours][0] for each in rounds),
            2,
        )

    found = {"task": task}
    for label, name in zip(("ours", "torch", "classical"), names, strict=True):
        found[f"{label} ms"] = median(name, 0)
        found[f"{label} peak"] = median(name, 1)
    found["torch/ours"] = ratio(names[1])
    found["classical/ours"] = ratio(names[2])
    return {key: value for key, value in found.items() if value is not None}
