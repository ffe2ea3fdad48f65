"""What a cross-validation leaves on the disk, so that it can be resumed."""

import json
import os
import pathlib

from keras_productgen import images

SETUP = "setup.json"


class FoldFiles:
    """One JSON file a fold, each of which appears whole or not at all.

    Args:
        directory: optional folder; None keeps nothing.
        setup: dict of what the results depend on.

    Raises:
        ValueError: if the folder holds the folds of another setup.
    """

    def __init__(self, directory: str | os.PathLike | None, setup):
        self.directory = None if directory is None else pathlib.Path(directory)
        if self.directory is None:
            return
        path = self.directory / SETUP
        if path.exists():
            _check_same(json.loads(path.read_text()), setup, self.directory)
        else:
            _write(path, setup)

    def read(self, fold):
        """Returns the scores of a fold that is done, or None."""
        path = self._path(fold)
        if path is None or not path.exists():
            return None
        return json.loads(path.read_text())

    def write(self, fold, row):
        if self.directory is not None:
            _write(self._path(fold), row)

    def _path(self, fold):
        if self.directory is None:
            return None
        return self.directory / f"fold_{fold}.json"


def _write(path, content):
    images.write_bytes(path, json.dumps(content, indent=2).encode())


def _check_same(before, setup, directory):
    setup = json.loads(json.dumps(setup))
    changed = [name for name in setup if before.get(name) != setup[name]]
    if changed:
        raise ValueError(
            "`directory` must be a new folder, or hold folds of the same "
            f"setup. Received: directory={str(directory)!r}, whose {changed} "
            f"were {[before.get(name) for name in changed]} and now are "
            f"{[setup[name] for name in changed]}"
        )
