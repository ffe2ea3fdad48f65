"""The JSON beside a picture that tells where it comes from."""

import hashlib
import json
import os
import pathlib

from keras_productgen import images
from keras_productgen.publishing.provenance.record import file_digest

FORMAT = "keras_productgen record 1"


def sidecar_path(path: str | os.PathLike):
    """Where the record of `shirt.jpg` lies: `shirt.jpg.json`."""
    path = pathlib.Path(path)
    return path.with_name(path.name + ".json")


def write_sidecar(path, values):
    """Writes the record of a picture beside it."""
    images.write_json(sidecar_path(path), {"format": FORMAT} | values)


def write(path, data, values):
    """Writes a picture, and beside it what it is: that comes first.

    A job that is killed in between leaves a JSON whose picture is missing, or
    is still the one of an earlier run: that one is named as well, so that
    nobody takes it for another's work.

    Args:
        path: path of the picture.
        data: bytes of it.
        values: dict that JSON can hold, with `file`, a dict.
    """
    before = read_sidecar(path)
    if before is not None and (there := digest_of(path)) is not None:
        if vouches_for(before, there):
            values = values | {"replaces": there}
    write_sidecar(path, values)
    images.write_bytes(path, data)


def vouches_for(beside, digest):
    """Whether a file is the one that was written, or was to be replaced.

    Args:
        beside: dict, what `read_sidecar` found.
        digest: str, SHA-256 of the file.
    """
    file = beside.get("file")
    written = file.get("sha256") if isinstance(file, dict) else None
    return digest in (written, beside.get("replaces"))


def digest_of(path):
    """SHA-256 of a file, in hexadecimal digits; None where there is none."""
    try:
        return file_digest(path)
    except FileNotFoundError:
        return None


def of_file(path, data, record, notes):
    """What stands beside a file that holds its label, too.

    Args:
        path: path of the file.
        data: bytes of it.
        record: `Record`.
        notes: dict that JSON can hold.

    Returns:
        dict for `write_sidecar`.
    """
    digest = hashlib.sha256(data).hexdigest()
    return {
        "id": record.id,
        "record": record.to_dict(),
        "file": {
            "name": pathlib.Path(path).name,
            "sha256": digest,
        },
        "notes": notes,
    }


def read_sidecar(path):
    """The record beside a picture, or None where there is none to be read."""
    try:
        found = json.loads(sidecar_path(path).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    known = isinstance(found, dict) and found.get("format") == FORMAT
    return found if known else None


def pixel_digest(data):
    """SHA-256 of a picture's size and pixels, whatever else its file holds.

    Args:
        data: bytes of the file.
    """
    picture = images.load_original(data).picture
    header = f"{picture.shape}".encode()
    return hashlib.sha256(header + picture.tobytes()).hexdigest()
