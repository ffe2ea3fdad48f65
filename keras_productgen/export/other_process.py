"""Exports from JAX and torch: in a second process that runs TensorFlow.

`python -m keras_productgen.export.other_process MODEL.keras TARGET NAME`
is that process.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from keras_productgen.export import bundle


def write(model, path, name):
    """Does what `bundle.write` does, on any Keras backend.

    Raises:
        ValueError: if the other process could not export the model; with its
            last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        if not isinstance(model, (str, os.PathLike)):
            file_path = pathlib.Path(folder) / "model.keras"
            model.save(file_path)
            model = file_path
        command = [
            sys.executable,
            "-m",
            "keras_productgen.export.other_process",
        ]
        process = subprocess.run(
            [*command, os.fspath(model), os.fspath(path), name],
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


if __name__ == "__main__":
    bundle.write(sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3])
