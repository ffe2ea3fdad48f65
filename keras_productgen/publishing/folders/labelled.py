"""Folders of pictures labelled."""

import dataclasses
import hashlib
import json
import os
import pathlib

from keras_productgen import images
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance.label import label
from keras_productgen.publishing.provenance.record import identity

KEPT_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


@dataclasses.dataclass
class LabelReport:
    """What `label_folder` has done.

    Args:
        made: dict from names of photos to those of their results.
        kept: the same, of those whose results were there already.
        removed: dict from names of photos to what of their metadata was left
            out, where anything was.
        failed: dict from names of files to why they could not be labelled.
    """

    made: dict
    kept: dict
    removed: dict
    failed: dict

    def save(self, path: str | os.PathLike):
        """Writes all of it as JSON."""
        text = json.dumps(vars(self), indent=1, ensure_ascii=False)
        images.write_bytes(path, text.encode())


def label_folder(
    photos,
    out,
    record,
    aigc=None,
    visible_mark=False,
    watermark_key=None,
    overwrite=False,
    progress=None,
):
    """Labels a picture, or all of a folder and of those in it.

    Each record gets its photo as a parent, and so a number of its own. What
    lies in `out` from an earlier run with the same settings is not made again.

    Args:
        photos: a picture file, or a folder.
        out: folder that is written to, outside of `photos`.
        record: `Record`, what all photos share.
        aigc: as of `label`.
        visible_mark: as of `label`.
        watermark_key: as of `label`.
        overwrite: bool, whether to write over files in `out` that no earlier
            run has made.
        progress: optional function called with `(done, total)`.

    Returns:
        `LabelReport`.

    Raises:
        ValueError: if there are no photos, or `out` is among them.
    """
    files.check_outside(photos, out)
    entries = files.find_photos(photos)
    stems = files.stems_of(entries)
    report = LabelReport({}, {}, {}, {})
    # The time of the label is no reason to make it again, a new key is.
    key = watermark_key and hashlib.sha256(watermark_key.encode()).hexdigest()
    settings = {
        "record": identity(record.to_dict() | {"time": ""}),
        "aigc": None if aigc is None else aigc.to_dict(),
        "visible_mark": bool(visible_mark),
        "watermark": key and key[:16],
    }

    def one(entry):
        data = pathlib.Path(entry.file).read_bytes()
        own = settings | {"source": hashlib.sha256(data).hexdigest()}
        stem = stems[entry.path]
        made = files.made_before(out, stem, own)
        if made is not None:
            report.kept[entry.path] = made.name
            return
        suffix = pathlib.Path(entry.path).suffix.lower()
        suffix = suffix if suffix in KEPT_SUFFIXES else ".png"
        path = pathlib.Path(out).expanduser() / (stem + suffix)
        files.check_free(path, overwrite)
        parent = {"file": entry.path, "sha256": own["source"]}
        about = dataclasses.replace(record, parents=(*record.parents, parent))
        found = label(
            entry.file, path, about, aigc, visible_mark, watermark_key, own
        )
        report.made[entry.path] = path.name
        if found.removed:
            report.removed[entry.path] = found.removed

    for number, entry in enumerate(entries):
        try:
            one(entry)
        except files.FAILURES as error:
            report.failed[entry.path] = files.reason_of(error)
        if progress is not None:
            progress(number + 1, len(entries))
    return report
