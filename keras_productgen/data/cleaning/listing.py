"""Which files of a folder may be judged, and moved."""

import functools
import os
import pathlib

from PIL import Image

from keras_productgen.data import folder_scan
from keras_productgen.images.headers import FORMATS


def list_files(root, without=None):
    """Lists the files below a folder that lie in it for real.

    A link is left alone, and so is what lies behind one: moving it would
    change another folder.

    Args:
        root: The folder, a `Path`.
        without: optional folder whose files are left out.

    Returns:
        List of paths relative to `root`, with `/`, sorted.
    """
    real = pathlib.Path(os.path.realpath(root))
    left_out = None if without is None else os.path.realpath(without)

    @functools.lru_cache(maxsize=1024)
    def usable(folder):
        found = os.path.realpath(root / folder)
        inside = left_out is not None and (
            found == left_out or found.startswith(left_out + os.sep)
        )
        return found == str(real / folder) and not inside

    return [
        entry.path
        for entry in folder_scan.find_entries(root)
        if usable(os.path.dirname(entry.path))
        and not os.path.islink(entry.file)
        and os.path.isfile(entry.file)
    ]


def is_named_as_picture(path):
    """Whether the ending of a file's name is that of a picture format."""
    return os.path.splitext(path)[1].lower() in _suffixes()


@functools.cache
def _suffixes():
    extensions = Image.registered_extensions()
    return {suffix for suffix, kind in extensions.items() if kind in FORMATS}
