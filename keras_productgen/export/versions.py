"""Numbered versions of a model in one folder."""

import os
import pathlib
import re
import shutil
import time
import uuid

# A folder of an export that was killed is removed by one a day later.
STALE_SECONDS = 24 * 3600.0


def check(directory, keep):
    """Refuses what no version could be written to."""
    if directory.exists() and not directory.is_dir():
        raise ValueError(
            "`directory` must be a folder, or not exist yet. "
            f"Received: directory={str(directory)!r}, a file"
        )
    if keep is not None and (not isinstance(keep, int) or keep < 1):
        raise ValueError(
            "`keep` must be an integer of at least 1, or None for all. "
            f"Received: keep={keep!r}"
        )


def add(directory: pathlib.Path, write):
    """Calls `write(path)` and makes what it wrote the next version.

    It writes under a name that is no number, which TensorFlow Serving passes
    over; the number comes by renaming. Where two exports run at once, each
    gets a number of its own.

    Args:
        directory: the folder of the versions.
        write: callable that writes a folder at the path it is given.

    Returns:
        Path of the new version.
    """
    directory.mkdir(parents=True, exist_ok=True)
    _remove_stale(directory)
    temporary = directory / f".tmp-{uuid.uuid4().hex}"
    temporary.mkdir()
    try:
        write(temporary)
        return _publish(temporary, directory)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def numbers(directory):
    """Returns the version numbers in a folder, lowest first.

    Names of more than 18 digits are none: no server takes them.
    """
    names = [path.name for path in directory.iterdir()]
    return sorted(
        int(name) for name in names if re.fullmatch("[0-9]{1,18}", name)
    )


def remove_older(directory, keep):
    """Removes all versions but the `keep` newest.

    A folder without a SavedModel is no version, whatever its name is.
    """
    found = sorted(
        (int(path.name), path)
        for path in directory.iterdir()
        if re.fullmatch("[0-9]+", path.name)
        and (path / "saved_model.pb").is_file()
    )
    for _, path in found[:-keep]:
        # Renamed first: a server never finds half a version.
        condemned = directory / f".old-{uuid.uuid4().hex}"
        path.rename(condemned)
        shutil.rmtree(condemned)


def _remove_stale(directory):
    """Removes what exports have left that were killed."""
    for path in directory.iterdir():
        abandoned = re.fullmatch(r"\.(tmp|old)-[0-9a-f]{32}", path.name)
        if abandoned and time.time() - path.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _publish(temporary, directory):
    while True:
        taken = numbers(directory)
        path = directory / str(max(taken, default=0) + 1)
        try:
            # Fails where another export took the number meanwhile.
            os.rename(temporary, path)
        except OSError:
            if not path.exists():
                raise
        else:
            return path
