"""One picture: fetched, looked at, named, put on record."""

import datetime
import hashlib
import os
import re
import tempfile

from keras_productgen import images
from keras_productgen.data.folder_scan import reason_of

PREFIX = ".part-"
SUFFIXES = {"JPEG": ".jpg", "MPO": ".jpg", "TIFF": ".tif"}


def collect_one(client, journal, wanted):
    """Fetches a picture into the folder of the journal.

    Returns:
        `None`, or the file that has the same content already.

    Raises:
        ValueError: With the reason, if it cannot be had or is no picture.
        StoppedError: If the job is to end.
    """
    folder = journal.directory
    descriptor, part = tempfile.mkstemp(dir=folder, prefix=PREFIX)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            answer = client.fetch(wanted.url, file)
        header = _looked_at(part, client.settings.max_pixels)
        with open(part, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        suffix = SUFFIXES.get(header.file_format)
        suffix = suffix or f".{header.file_format.lower()}"
        name = f"{digest[:20]}{suffix}"
        if wanted.category:
            name = f"{folder_name(wanted.category)}/{name}"
        with journal.naming:
            original = journal.first_with(digest)
            if original is None:
                (folder / name).parent.mkdir(exist_ok=True)
                os.chmod(part, 0o644)
                os.replace(part, folder / name)
                journal.add(_record(name, wanted, answer, header, digest))
            else:
                journal.add_duplicate(
                    _record(original, wanted, answer, header, digest)
                )
        return original
    finally:
        if os.path.exists(part):
            os.unlink(part)


def clear_parts(directory):
    """Removes what a job that was killed has left half done."""
    for part in directory.glob(f"{PREFIX}*"):
        part.unlink()


def folder_name(category):
    """A category as the name of one folder, whatever it holds."""
    name = re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "_", str(category)).strip(" .")
    return name[:80] or "_"


def _looked_at(path, max_pixels):
    try:
        header = images.read_header(path, max_pixels)
        # What a server calls a picture need not be one, to the end.
        images.load(path, max_pixels=max_pixels)
    except ValueError as error:
        raise ValueError(reason_of(error)) from error
    return header


def _record(name, wanted, answer, header, digest):
    now = datetime.datetime.now(datetime.UTC)
    height, width = header.size
    record = {
        "file": name,
        "url": wanted.url,
        "final_url": answer.url,
        "licence": wanted.licence,
        "source": wanted.source,
        "author": wanted.author,
        "category": wanted.category,
        "date": now.isoformat(timespec="seconds"),
        "sha256": digest,
        "content_type": answer.content_type,
        "format": header.file_format,
        "size": answer.size,
        "picture_height": height,
        "picture_width": width,
        "status": answer.status,
    }
    return wanted.others | {k: v for k, v in record.items() if v is not None}
