"""Where a version comes from, as JSON inside it."""

import hashlib

from keras_productgen.images import write_json

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
    write_json(path / FILE, record)


def _digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
