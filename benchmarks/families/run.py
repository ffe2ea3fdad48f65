"""One training of one family, on one thread: a process of its own.

python -m benchmarks.families.run NAME SEED PICTURES SECONDS OUT.json
"""

import pathlib
import resource
import sys
import time

import keras
import numpy as np
import tensorflow as tf

from benchmarks.families import tasks
from benchmarks.families.contenders import FAMILIES
from benchmarks.families.judge import open_judge
from keras_productgen import evaluation
from keras_productgen import images

BATCH_SIZE, NUM_SHOWN = 32, 16


class Budgets(keras.callbacks.Callback):
    """Measures when so many pictures are seen, and so many seconds used.

    Seconds are those of the processor, from the end of the second batch, so
    that graphs are made by then; measuring is not counted.
    """

    def __init__(self, num_pictures, seconds, measure):
        super().__init__()
        self.wanted = {"pictures": num_pictures, "seconds": seconds}
        self.measure = measure
        self.found = {}
        self.num_batches = self.spent = 0

    def on_train_batch_end(self, batch, logs=None):
        now = time.process_time()
        self.num_batches += 1
        if self.num_batches == 2:
            self.start = now
        if self.num_batches <= 2:
            return
        self.spent = now - self.start
        reached = {
            "pictures": self.num_batches * BATCH_SIZE,
            "seconds": self.spent,
        }
        for name, wanted in self.wanted.items():
            if name not in self.found and reached[name] >= wanted:
                self.found[name] = self.measure(self.model, name) | reached
                self.start += time.process_time() - now
                now = time.process_time()
        self.model.stop_training = len(self.found) == len(self.wanted)


def dataset(task, seed):
    rows = tf.data.Dataset.from_tensor_slices(task.training)
    rows = rows.shuffle(tasks.NUM_TRAINING, seed=seed).repeat()
    return rows.batch(BATCH_SIZE, drop_remainder=True)


def measured(made, model, task, judge):
    kid, error = tasks.distance(made, task.held_out)
    found = {"kid": kid, "kid_error": error}
    if task.truth:
        found["psnr"] = tasks.likeness(made, task.held_out)
        found["psnr_unchanged"] = tasks.likeness(task.unchanged, task.held_out)
    elif getattr(model, "categories", None) and judge:
        found |= control(model, task, judge)
    return found


def control(model, task, judge):
    held_out = tasks.conditions_of_held_out()
    real = (task.held_out.astype("float32"), held_out)
    found = evaluation.measure_control(model, real, judge, len(task.held_out))
    return {
        "category": found.categories["category"].share,
        "color": found.colors["color"].median,
    }


def main(name, seed, num_pictures, seconds, out):
    seed, out = int(seed), pathlib.Path(out)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    keras.utils.set_random_seed(seed)
    make, make_task = FAMILIES[name]
    task = make_task()
    model = make(seed)
    model.compile()
    judge = open_judge(out.parent / "judge.keras")

    def measure(model, budget):
        made = np.asarray(task.make(model))
        if budget == "seconds":
            shown = images.grid(made[:NUM_SHOWN], NUM_SHOWN, 1)
            images.save(out.with_suffix(".png"), shown)
        return measured(made, model, task, judge)

    budgets = Budgets(int(num_pictures), float(seconds), measure)
    model.fit(
        dataset(task, seed),
        epochs=1,
        steps_per_epoch=10**6,
        callbacks=[budgets],
        verbose=0,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    row = {
        "name": name,
        "seed": seed,
        "at_pictures": budgets.found["pictures"],
        "at_seconds": budgets.found["seconds"],
        "judge": judge.accuracies["category"] if judge else None,
        "seconds_per_1000": 1000 * budgets.spent
        / ((budgets.num_batches - 2) * BATCH_SIZE),
        "peak_gib": peak,
    }  # fmt: skip
    images.write_json(out, row)


if __name__ == "__main__":
    main(*sys.argv[1:])
