"""One file -> everything that is kept of it."""

import dataclasses
import hashlib
import os

import numpy as np

from keras_productgen import images
from keras_productgen.data.cleaning import fingerprints
from keras_productgen.data.cleaning import measures
from keras_productgen.data.cleaning.listing import is_named_as_picture
from keras_productgen.data.cleaning.store import RECORD
from keras_productgen.data.cleaning.store import Known
from keras_productgen.data.folder_scan import reason_of

# Sharpness and exposure are judged at this size, so that they mean the same
# for pictures of all sizes.
LONGEST_SIDE = 256


@dataclasses.dataclass(slots=True)
class Sight:
    """A file that was looked at; the arrays are `None` for no picture.

    Args:
        path: Its path relative to the folder.
        known: Its size, time, and the error if it is no picture.
        record: A row of `RECORD`.
        picture: uint8 row of `shape_and_chroma`.
        colors: uint8 row of `colors`.
        small: uint8 array `(64, 64, 3)`.
    """

    path: str
    known: Known
    record: np.ndarray | None = None
    picture: np.ndarray | None = None
    colors: np.ndarray | None = None
    small: np.ndarray | None = None


def look_at(root, path, max_pixels):
    """Reads and measures a file; a bad one yields a `Sight` with an error.

    Returns:
        A `Sight`, or `None` for a file that is no picture and is not named as
        one, such as a table beside the photos.
    """
    file = os.path.join(root, path)
    try:
        status = os.stat(file)
    except FileNotFoundError:
        # Taken away since the folder was listed.
        return None
    known = Known(status.st_size, status.st_mtime_ns, None)
    try:
        header = images.read_header(file, max_pixels)
        image = images.load_resized(
            file, _working_size(header.size), "stretch", header=header
        )
    except (OSError, ValueError) as error:
        if not is_named_as_picture(path):
            return None
        known.error = reason_of(error)
        known.sha256 = _digest_or_none(file)
        return Sight(path, known)
    small = fingerprints.thumbnail(image)
    record = _record(file, header.size, image, small)
    return Sight(
        path,
        known,
        record,
        fingerprints.shape_and_chroma(small),
        fingerprints.colors(small),
        small,
    )


def digest_of(file):
    """SHA-256 of a file, as bytes."""
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


def _digest_or_none(file):
    try:
        return digest_of(file).hex()
    except OSError:
        return None


def _working_size(size):
    ratio = min(1.0, LONGEST_SIDE / max(size))
    return tuple(max(1, round(side * ratio)) for side in size)


def _record(file, size, image, small):
    record = np.zeros((), RECORD)
    record["sha256"] = np.void(digest_of(file))
    pixels = hashlib.blake2b(repr(size).encode(), digest_size=16)
    pixels.update(np.ascontiguousarray(image))
    record["pixels"] = np.void(pixels.digest())
    record["bytes"] = os.path.getsize(file)
    record["height"], record["width"] = size
    record["hashes"] = fingerprints.hashes(small)
    for name, value in zip(measures.MEASURES, measures.measure(image)):
        record[name] = value
    return record
