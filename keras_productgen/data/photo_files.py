"""The photos of a job over a folder, and where its results must not go."""

import pathlib

import cv2

from keras_productgen.data import folder_scan

# Files beside photos that nobody takes for photos.
TEXTS = (".json", ".jsonl", ".csv", ".txt", ".yaml", ".toml", ".md", ".html")
# What one bad file may raise, and the others are done all the same.
FAILURES = (OSError, ValueError, MemoryError, cv2.error)


def find_photos(photos):
    """Returns the `folder_scan.Entry` of a file, or of each in a folder.

    Raises:
        ValueError: if there is none.
    """
    path = pathlib.Path(photos).expanduser()
    if path.is_file():
        return [folder_scan.Entry(path.name, str(path))]
    found = folder_scan.find_entries(folder_scan.root_of(path))
    entries = [e for e in found if not e.file.lower().endswith(TEXTS)]
    if not entries:
        raise ValueError(
            f"`photos` must hold pictures. Received: photos={str(photos)!r}"
        )
    return entries


def check_outside(photos, out):
    """Raises a `ValueError` if results would lie among the photos."""
    path = pathlib.Path(photos).expanduser().resolve()
    folder = path if path.is_dir() else path.parent
    real = pathlib.Path(out).expanduser().resolve()
    if real == folder or (path.is_dir() and folder in real.parents):
        raise ValueError(
            "`out` must be a folder outside of the photos, so that none is "
            f"written over. Received: out={str(out)!r} for {str(photos)!r}"
        )


def reason_of(error):
    """Why a file could not be used, without its name."""
    if isinstance(error, MemoryError):
        return "There was not enough memory."
    return folder_scan.reason_of(error)
