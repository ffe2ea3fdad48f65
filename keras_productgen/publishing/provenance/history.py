"""The story of a picture, kept when it is labelled once more."""

import dataclasses

from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.record import models_as_one


def continued(record, path, source):
    """Returns a record with what stands beside a file in front.

    Args:
        record: `Record`, what is said now.
        path: path of the file that is labelled.
        source: dict with `file` and `sha256` of it.

    Returns:
        `Record`, the same where nothing stands beside it, or something about
        other bytes.
    """
    beside = sidecar.read_sidecar(path) or {}
    old, file = beside.get("record"), beside.get("file")
    known = isinstance(old, dict) and isinstance(file, dict)
    if not known or file.get("sha256") != source["sha256"]:
        return record
    before = [*_dicts(old, "parents"), source]
    named = {each.get("sha256") for each in before}
    return dataclasses.replace(
        record,
        parents=(
            *before,
            *(p for p in record.parents if p.get("sha256") not in named),
        ),
        edits=(*_dicts(old, "edits"), *record.edits),
        producer=record.producer or str(old.get("producer", "")),
        model=models_as_one([_model(old), record.model]),
        seed=old.get("seed") if record.seed is None else record.seed,
    )


def _dicts(old, name):
    found = old.get(name)
    found = found if isinstance(found, list) else []
    return [each for each in found if isinstance(each, dict)]


def _model(old):
    found = old.get("model")
    return found if isinstance(found, dict) else None
