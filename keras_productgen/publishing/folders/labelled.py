"""Folders of pictures labelled."""

import dataclasses
import os
import pathlib

from keras_productgen import images
from keras_productgen.data import photo_files
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance.label import label
from keras_productgen.publishing.provenance.marks import checked_marks
from keras_productgen.publishing.provenance.marks import described
from keras_productgen.publishing.provenance.record import Record
from keras_productgen.publishing.provenance.record import file_digest
from keras_productgen.publishing.provenance.record import identity

LABEL = "label"


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
        images.write_json(path, vars(self))


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
    photo_files.check_outside(photos, out)
    entries = photo_files.find_photos(photos)
    report = LabelReport({}, {}, {}, {})
    job = _Job(
        report,
        pathlib.Path(out).expanduser(),
        files.stems_of(entries),
        overwrite,
        record,
        checked_marks(aigc, visible_mark, watermark_key),
    )
    files.for_each(entries, job.add, report.failed, progress)
    return report


@dataclasses.dataclass
class _Job:
    report: LabelReport
    out: pathlib.Path
    stems: dict
    overwrite: bool
    record: Record
    marks: dict

    def add(self, entry):
        """Labels a photo, unless that was done before."""
        source = file_digest(entry.file)
        settings = self._settings() | {"source": source}
        stem = self.stems[entry.path]
        made = files.made_before(self.out, stem, settings)
        if made is not None:
            self.report.kept[entry.path] = made.name
            return
        suffix = pathlib.Path(entry.path).suffix.lower()
        suffix = suffix if suffix in files.SUFFIXES else ".png"
        path = self.out / (stem + suffix)
        files.check_free(path, LABEL, self.overwrite)
        parent = {"file": entry.path, "sha256": source}
        about = dataclasses.replace(
            self.record, parents=(*self.record.parents, parent)
        )
        found = label(entry.file, path, about, settings=settings, **self.marks)
        self.report.made[entry.path] = path.name
        if found.removed:
            self.report.removed[entry.path] = found.removed

    def _settings(self):
        """What the result depends on: a new key does matter, the time not."""
        return {
            files.VERB: LABEL,
            "record": identity(self.record.to_dict() | {"time": ""}),
            **described(self.marks),
        }
