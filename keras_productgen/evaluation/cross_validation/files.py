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
        ValueError: if the folder holds the folds of another setup, or a file
            of it is damaged.
    """

    def __init__(self, directory: str | os.PathLike | None, setup):
        self.directory = None if directory is None else pathlib.Path(directory)
        if self.directory is None:
            return
        path = self.directory / SETUP
        if path.exists():
            _check_same(_read(path), setup, self.directory)
        else:
            _write(path, setup)

    def read(self, fold):
        """Returns the scores of a fold that is done, or None."""
        path = self._path(fold)
        if path is None or not path.exists():
            return None
        row = _read(path)
        if row.get("fold") != fold:
            raise _damaged(path, f"the scores of fold {row.get('fold')}")
        return row

    def write(self, fold, row):
        if self.directory is not None:
            _write(self._path(fold), row)

    def _path(self, fold):
        if self.directory is None:
            return None
        return self.directory / f"fold_{fold}.json"


def _read(path):
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise _damaged(path, error) from error
    if not isinstance(content, dict):
        raise _damaged(path, f"a {type(content).__name__}")
    return content


def _damaged(path, found):
    remedy = "; delete it, and the fold is trained again"
    if path.name == SETUP:
        remedy = "; use a new `directory`, as nothing says what its folds are"
    return ValueError(
        f"Files in `directory` must be as `cross_validate` wrote them{remedy}. "
        f"Received: {str(path)!r} with {found}"
    )


def _write(path, content):
    images.write_json(path, content)


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
