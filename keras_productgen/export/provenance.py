"""Where a version comes from, as JSON inside it."""

import hashlib
import json

from keras_productgen.images import write_bytes

FILE = "assets.extra/provenance.json"


def write(path, source, card):
    """Writes what was exported, with the digests of all files.

    `sha256sum` of a file tells whether it is still what was exported.

    Args:
        path: `pathlib.Path` of the version, complete but for this.
        source: `sources.Source`.
        card: dict, see `model_card`.
    """
    files = sorted(file for file in path.rglob("*") if file.is_file())
    record = {
        "source": source.described(),
        "model": card["model"],
        "weights_sha256": card["weights_sha256"],
        "exported": card["exported"],
        "versions": card["versions"],
        "files": {
            file.relative_to(path).as_posix(): _digest(file) for file in files
        },
    }
    text = json.dumps(record, indent=2) + "\n"
    write_bytes(path / FILE, text.encode())


def _digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
