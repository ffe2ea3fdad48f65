"""Whether results can be written is known before they are measured."""

import os
import pathlib
import tempfile


def check_destination(directory: str | os.PathLike):
    """Makes a folder, and refuses one in which nothing can be written."""
    directory = pathlib.Path(directory)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise ValueError(
            "`directory` must be a folder that can be written. "
            f"Received: directory={str(directory)!r} ({error})"
        ) from error
