"""Which files of a folder are taken, and where their results go."""

import collections
import os
import pathlib

from keras_productgen import images
from keras_productgen.data import photo_files
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.record import file_digest

# In the settings beside a result: by which verb it was made.
VERB = "verb"
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


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
    for path in _results(folder, stem):
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


def check_free(path, verb, overwrite):
    """Raises a `ValueError` where a result would be written over another file.

    Only what the same verb made is replaced, and nobody changed since.

    Args:
        path: path of the result.
        verb: str, which job makes it; `VERB` of the settings beside it.
        overwrite: bool, whether it may be written whatever is there.
    """
    if overwrite:
        return
    beside = sidecar.read_sidecar(path)
    if beside is None:
        for taken in (path, sidecar.sidecar_path(path)):
            if taken.exists():
                raise ValueError(
                    f"Another file is there already, {taken.name}; `overwrite` "
                    "would write over it."
                )
    elif (other := _verb_of(beside)) != verb:
        raise ValueError(
            f"Another file is there already, {path.name}, made by "
            f"{other or 'another job'}; take another folder, or `overwrite`."
        )
    elif _was_changed(path, beside):
        raise ValueError(
            f"{path.name} was changed since it was made; move it away, or "
            "`overwrite` it."
        )


def check_unchanged(folder, stem, verb):
    """Raises a `ValueError` where a verb's result was changed since.

    Args:
        folder: path of the results.
        stem: str, name of the result, no ending.
        verb: as of `check_free`.
    """
    for path in _results(folder, stem):
        if _verb_of(sidecar.read_sidecar(path)) == verb:
            check_free(path, verb, False)


def withdraw(folder, stem, verb):
    """Takes away what a verb had made by that name, and nobody has changed.

    Args:
        folder: path of the results.
        stem: str, name of the result, no ending.
        verb: as of `check_free`.
    """
    for path in _results(folder, stem):
        beside = sidecar.read_sidecar(path)
        if _verb_of(beside) == verb and not _was_changed(path, beside):
            path.unlink(missing_ok=True)
            sidecar.sidecar_path(path).unlink()


def _results(folder, stem):
    return [pathlib.Path(folder) / (stem + suffix) for suffix in SUFFIXES]


def _verb_of(beside):
    """Which job made a file, by what stands beside it, or None."""
    settings = (beside or {}).get("settings")
    return settings.get(VERB) if isinstance(settings, dict) else None


def _was_changed(path, beside):
    """Whether there is a whole picture that is not the one that was written."""
    digest = sidecar.digest_of(path)
    if digest is None or sidecar.vouches_for(beside, digest):
        return False
    # Cut short, as by a machine that went down, it is nobody's work.
    try:
        images.load(path)
    except ValueError:
        return False
    return True


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
