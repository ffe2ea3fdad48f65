"""Folders of pictures mended for a marketplace."""

import dataclasses
import hashlib
import pathlib

from keras_productgen.data import photo_files
from keras_productgen.publishing.fixing.fix import fix
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.folders.report import FolderReport
from keras_productgen.publishing.profiles import profile as find_profile
from keras_productgen.publishing.provenance.inside import source_type_after
from keras_productgen.publishing.provenance.label import label
from keras_productgen.publishing.provenance.record import SOFTWARE
from keras_productgen.publishing.provenance.record import identity
from keras_productgen.publishing.provenance.record import record
from keras_productgen.publishing.provenance.sidecar import read_sidecar

FIX = "fix"


def fix_folder(
    photos,
    out,
    profile="generic",
    masks=None,
    upscale=False,
    guess=False,
    overwrite=False,
    producer="",
    progress=None,
):
    """Mends a picture, or all of a folder and of those in it.

    Each result has the name of its photo, and beside it the record of what was
    done. What lies in `out` from an earlier run with the same settings is not
    made again.

    Args:
        photos: a picture file, or a folder.
        out: folder that is written to, outside of `photos`.
        profile: as of `fix`.
        masks: as of `check_folder`.
        upscale: as of `fix`.
        guess: as of `fix`.
        overwrite: bool, whether to write over files in `out` that no earlier
            run has made.
        producer: str, written into the records.
        progress: as of `check_folder`.

    Returns:
        `FolderReport`.

    Raises:
        ValueError: as `check_folder`, and if `out` is among the photos.
    """
    photo_files.check_outside(photos, out)
    report = FolderReport(find_profile(profile), [], {}, [], {})
    entries = photo_files.find_photos(photos)
    job = _Job(
        report,
        pathlib.Path(out).expanduser(),
        files.stems_of(entries),
        masks,
        {"upscale": bool(upscale), "guess": bool(guess)},
        overwrite,
        producer,
    )
    files.for_each(entries, job.add, report.failed, progress)
    return report


@dataclasses.dataclass
class _Job:
    report: FolderReport
    out: pathlib.Path
    stems: dict
    masks: object
    choices: dict
    overwrite: bool
    producer: str

    def add(self, entry):
        """Mends a photo, unless that was done before."""
        mask = files.mask_of(self.masks, entry)
        settings = {
            files.VERB: FIX,
            "profile": identity(self.report.profile.to_dict()),
            "software": SOFTWARE,
            **self.choices,
            "source": _digest(entry.file, mask),
        }
        stem = self.stems[entry.path]
        made = files.made_before(self.out, stem, settings)
        if made is not None:
            self.report.kept.append(entry.path)
            self.report.rows.append(read_sidecar(made)["notes"])
            return
        fixed = fix(entry.file, self.report.profile, mask, **self.choices)
        row = fixed.to_dict()
        row |= row.pop("after") | {"file": entry.path}
        if fixed.data is None:
            # An earlier photo of this name may have left one.
            files.withdraw(self.out, stem, FIX)
        else:
            row["made"] = self._write(entry, stem, fixed, row, settings)
        self.report.rows.append(row)
        self.report.show(entry.path, fixed.after)

    def _write(self, entry, stem, fixed, row, settings):
        """Writes the result with its record, and returns its name."""
        path = self.out / (stem + fixed.suffix)
        files.check_free(path, FIX, self.overwrite)
        about = record(
            source_type_after(entry.file, "algorithmicallyEnhanced"),
            self.producer,
            parents=[entry.file],
            edits=[step.to_dict() for step in fixed.done],
        )
        label(
            fixed.data,
            path,
            about,
            settings=settings,
            notes=row | {"made": path.name},
            inherit=entry.file,
        )
        return path.name


def _digest(path, mask):
    hashed = hashlib.sha256(pathlib.Path(path).read_bytes())
    if mask is not None:
        hashed.update(mask.tobytes())
    return hashed.hexdigest()
