"""Training steps a second: our DCGAN through `fit()` beside plain loops.

Every contender is a process of its own that holds its networks ready; they take
turns, so that a slow minute of the machine hits all of them.

    python -m benchmarks.training
"""

import statistics
import subprocess
import sys
import time

IMAGE_SIZE, WIDTH, LATENT_DIM, BATCH_SIZE = 64, 64, 100, 32
STEPS, ROUNDS = 12, 3

CONTENDERS = {
    "plain torch": ("torch", "plain_torch", ()),
    "plain torch, bfloat16": ("torch", "plain_torch", ("bfloat16",)),
    "plain GradientTape": ("tensorflow", "plain_tensorflow", ()),
    "ours, TensorFlow": ("tensorflow", "ours", ("float32",)),
    "ours, TensorFlow, bfloat16": ("tensorflow", "ours", ("mixed_bfloat16",)),
    "ours, TensorFlow, XLA": ("tensorflow", "ours", ("float32", "xla")),
    "ours, JAX": ("jax", "ours", ("float32",)),
    "ours, torch": ("torch", "ours", ("float32",)),
    # The same with the convolutions that Keras has.
    "TensorFlow, stock": ("tensorflow", "ours", ("float32", "stock")),
    "bfloat16, stock": ("tensorflow", "ours", ("mixed_bfloat16", "stock")),
    "JAX, stock": ("jax", "ours", ("float32", "stock")),
    "torch, stock": ("torch", "ours", ("float32", "stock")),
}


class Contender:
    """A process that trains `STEPS` steps whenever it is told to."""

    def __init__(self, name):
        backend, module, arguments = CONTENDERS[name]
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "benchmarks.training_loops",
                backend,
                module,
                *arguments,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.wait()

    def wait(self):
        if self.process.stdout.readline().strip() != "ready":
            raise RuntimeError(f"{self.process.args} has died")

    def steps_per_second(self):
        start = time.perf_counter()
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        self.wait()
        return STEPS / (time.perf_counter() - start)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def main(names=tuple(CONTENDERS), rounds=ROUNDS):
    """Returns rows `{name, value, unit, ratio}`, the ratio to plain torch."""
    contenders = {name: Contender(name) for name in names}
    speeds = {name: [] for name in names}
    for _ in range(rounds):
        for name, contender in contenders.items():
            speeds[name].append(contender.steps_per_second())
    for contender in contenders.values():
        contender.stop()
    return [
        {
            "name": name,
            "value": statistics.median(speeds[name]),
            "unit": "steps/s",
            "ratio": statistics.median(
                ours / base
                for ours, base in zip(speeds[name], speeds["plain torch"])
            ),
        }
        for name in names
    ]


if __name__ == "__main__":
    chosen = [n for n in CONTENDERS if n in sys.argv[1:]] or CONTENDERS
    for row in main(dict.fromkeys(["plain torch", *chosen])):
        print(f"{row['name']:30} {row['value']:6.2f} {row['ratio']:6.2f}")
