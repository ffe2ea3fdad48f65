"""Long text files that appear whole or not at all."""

import contextlib
import os
import pathlib
import tempfile


@contextlib.contextmanager
def writing(path: str | os.PathLike, newline="\n"):
    """Opens a hidden text file that takes the name `path` when all is well."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with open(descriptor, "w", encoding="utf-8", newline=newline) as file:
            yield file
        # mkstemp makes files that only their owner reads.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
