"""Which files of a folder are taken, and where their results go."""

import collections
import os
import pathlib

from keras_productgen import images
from keras_productgen.data import photo_files
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.record import file_digest


def stems_of(entries):
    """Returns a dict from the paths of photos to names without an ending.

    Where two would have the same, both keep their ending within it.
    """
    stems = {e.path: os.path.splitext(e.path)[0] for e in entries}
    counts = collections.Counter(stem.casefold() for stem in stems.values())
    return {
        path: path if counts[stem.casefold()] > 1 else stem
        for path, stem in stems.items()
    }


def made_before(folder, stem, settings):
    """The path of an earlier result with these settings, whole; or None."""
    for suffix in (".jpg", ".jpeg", ".png", ".webp"):
        path = pathlib.Path(folder) / (stem + suffix)
        if is_made(path, settings):
            return path
    return None


def is_made(path, settings):
    """Whether a file is an earlier result with these settings, whole.

    Args:
        path: path of the file.
        settings: dict, equal to itself after a way through JSON.
    """
    beside = sidecar.read_sidecar(path)
    if beside is None or beside.get("settings") != settings:
        return False
    try:
        return file_digest(path) == beside["file"]["sha256"]
    except (OSError, KeyError, TypeError):
        return False


def check_free(path, overwrite):
    """Raises a `ValueError` if a file is there that no run has written."""
    if overwrite or sidecar.read_sidecar(path) is not None:
        return
    for taken in (path, sidecar.sidecar_path(path)):
        if taken.exists():
            raise ValueError(
                f"Another file is there already, {taken.name}; `overwrite` "
                "would write over it."
            )


def mask_of(masks, entry):
    """The mask of a photo out of a folder of masks: of its name, as .png."""
    if masks is None:
        return None
    path = pathlib.Path(masks) / (os.path.splitext(entry.path)[0] + ".png")
    if not path.is_file():
        return None
    return images.load(path)[..., 0]


def for_each(entries, one, failed, progress):
    """Calls a function with each entry; those it refuses are named.

    Args:
        entries: list of `folder_scan.Entry`.
        one: function of an entry.
        failed: dict that gets their names and why.
        progress: optional function called with `(done, total)`.
    """
    for number, entry in enumerate(entries):
        try:
            one(entry)
        except photo_files.FAILURES as error:
            failed[entry.path] = photo_files.reason_of(error)
        if progress is not None:
            progress(number + 1, len(entries))
