"""Exports from JAX and torch: in a second process that runs TensorFlow.

`python -m keras_productgen.export.other_process JOB.json` is that process.
"""

import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import keras

from keras_productgen import metrics
from keras_productgen.export.sources import QUALITY


def needed():
    """Whether this process runs on another backend than TensorFlow."""
    return keras.backend.backend() != "tensorflow"


def run(function, model, *arguments):
    """Calls a function with a model and further arguments, on TensorFlow.

    Args:
        function: str, `"module.function"` below `keras_productgen.export`.
        model: a model, which goes through a file; or a path or a name.
        *arguments: what JSON can hold.

    Raises:
        ValueError: if the other process failed; with its last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if isinstance(model, metrics.LearnedQuality):
            model = QUALITY
        elif not isinstance(model, (str, os.PathLike)):
            model.save(folder / "model.keras")
            model = folder / "model.keras"
        job = [function, os.fspath(model), *arguments]
        (folder / "job.json").write_text(json.dumps(job), "utf-8")
        process = subprocess.run(
            [sys.executable, "-m", __name__, str(folder / "job.json")],
            env={**os.environ, "KERAS_BACKEND": "tensorflow"},
            capture_output=True,
            text=True,
        )
    if process.returncode:
        lines = process.stderr.strip().splitlines() or ["no message"]
        raise ValueError(
            "`model` must be one that TensorFlow can load and export. "
            f"Received: {lines[-1]}"
        )


def main(job_path):
    """Does what a job says."""
    function, *arguments = json.loads(pathlib.Path(job_path).read_text("utf-8"))
    module, _, name = function.rpartition(".")
    module = importlib.import_module(f"keras_productgen.export.{module}")
    getattr(module, name)(*arguments)


if __name__ == "__main__":
    main(sys.argv[1])
