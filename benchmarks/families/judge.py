"""Who tells categories, from real renders alone: made once for all trainings.

python -m benchmarks.families.judge OUT.keras
"""

import pathlib
import sys

import keras

from benchmarks.families import tasks
from keras_productgen import evaluation
from keras_productgen.evaluation.control.judge import judged
from keras_productgen.evaluation.pictures import read_pictures


def open_judge(path):
    """The judge that `fit_judge` has saved."""
    if not path.exists():
        return None
    network = keras.saving.load_model(path, compile=False)
    pictures, conditions = tasks.arrays(3, 1000)
    return judged(network, read_pictures((pictures, conditions), 64), 0, {})


def fit_judge(path, num_items=8000, epochs=8):
    judge = evaluation.fit_judge(
        tasks.arrays(2, num_items),
        tasks.arrays(3, 1000),
        ["category"],
        epochs=epochs,
        verbose=2,
    )
    judge.network.save(path)


if __name__ == "__main__":
    fit_judge(pathlib.Path(sys.argv[1]))
