"""Folders of pictures against the rules of a marketplace."""

import dataclasses
import hashlib
import json
import os
import pathlib

from keras_productgen import images
from keras_productgen.publishing.checking import check
from keras_productgen.publishing.fixing.fix import fix
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.folders import page
from keras_productgen.publishing.profiles import Profile
from keras_productgen.publishing.profiles import profile as find_profile
from keras_productgen.publishing.provenance.label import label
from keras_productgen.publishing.provenance.record import SOFTWARE
from keras_productgen.publishing.provenance.record import identity
from keras_productgen.publishing.provenance.record import record
from keras_productgen.publishing.provenance.sidecar import read_sidecar

# Of so many pictures a page shows where they fail.
MOST_SHOWN, SHOWN_SIDE = 200, 320


@dataclasses.dataclass
class FolderReport:
    """What a marketplace would find wrong with the pictures of a folder.

    Args:
        profile: `Profile`.
        rows: list of dicts, `Report.to_dict()` of each picture; of mended ones
            that of the result, with `done`, `not_mended` and `made`.
        failed: dict from names of files to why they could not be used.
        kept: list of str, results that were there already.
        shown: dict from names to uint8 arrays, the marked pictures, small.
    """

    profile: Profile
    rows: list
    failed: dict
    kept: list
    shown: dict = dataclasses.field(repr=False)

    @property
    def passed(self):
        """How many pictures break no rule."""
        return sum(row["passed"] for row in self.rows)

    def counts(self):
        """Dict from rules to `(failed, warned)`, of those that do either."""
        found = {}
        for row in self.rows:
            for finding in row.get("not_mended", row["findings"]):
                both = found.setdefault(finding["rule"], [0, 0])
                both[0] += finding["status"] == "failed"
                both[1] += finding["status"] == "warning"
        return {rule: tuple(both) for rule, both in found.items() if any(both)}

    def to_dict(self):
        """All of it but pictures, as JSON can hold it."""
        return {
            "profile": self.profile.to_dict(),
            "passed": self.passed,
            "pictures": self.rows,
            "kept": self.kept,
            "failed": self.failed,
        }

    def save(self, path: str | os.PathLike):
        """Writes all of it as JSON."""
        text = json.dumps(self.to_dict(), indent=1, ensure_ascii=False)
        images.write_bytes(path, text.encode())

    def save_page(self, path: str | os.PathLike):
        """Writes a page of HTML with the marked pictures."""
        images.write_bytes(path, page.render(self).encode())


def check_folder(photos, profile="generic", masks=None, progress=None):
    """Checks a picture, or all of a folder and of those in it.

    Args:
        photos: a picture file, or a folder.
        profile: as of `check`.
        masks: optional folder of masks, named as the photos, .png.
        progress: optional function called with `(done, total)`.

    Returns:
        `FolderReport`; files that could not be used are named in it.

    Raises:
        ValueError: if there are no photos, or no such profile.
    """
    report = FolderReport(find_profile(profile), [], {}, [], {})

    def one(entry):
        mask = files.mask_of(masks, entry)
        found = check(entry.file, report.profile, mask)
        report.rows.append(found.to_dict() | {"file": entry.path})
        _show(report, entry.path, found)

    _each(files.find_photos(photos), one, report, progress)
    return report


def fix_folder(
    photos,
    out,
    profile="generic",
    masks=None,
    upscale=False,
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
        overwrite: bool, whether to write over files in `out` that no earlier
            run has made.
        producer: str, written into the records.
        progress: as of `check_folder`.

    Returns:
        `FolderReport`.

    Raises:
        ValueError: as `check_folder`, and if `out` is among the photos.
    """
    files.check_outside(photos, out)
    report = FolderReport(find_profile(profile), [], {}, [], {})
    entries = files.find_photos(photos)
    stems = files.stems_of(entries)
    settings = {
        "profile": identity(report.profile.to_dict()),
        "upscale": bool(upscale),
        "software": SOFTWARE,
    }

    def one(entry):
        mask = files.mask_of(masks, entry)
        own = settings | {"source": _digest(entry.file, mask)}
        stem = stems[entry.path]
        made = files.made_before(out, stem, own)
        if made is not None:
            report.kept.append(entry.path)
            report.rows.append(read_sidecar(made)["notes"])
            return
        fixed = fix(entry.file, report.profile, mask, upscale)
        path = pathlib.Path(out).expanduser() / (stem + fixed.suffix)
        files.check_free(path, overwrite)
        edits = [step.to_dict() for step in fixed.done]
        about = record(
            "algorithmicallyEnhanced",
            producer,
            parents=[entry.file],
            edits=edits,
        )
        row = fixed.to_dict()
        after = row.pop("after") | {"file": entry.path, "made": path.name}
        label(fixed.data, path, about, settings=own, notes=after | row)
        report.rows.append(after | row)
        _show(report, entry.path, fixed.after)

    _each(entries, one, report, progress)
    return report


def _each(entries, one, report, progress):
    for number, entry in enumerate(entries):
        try:
            one(entry)
        except files.FAILURES as error:
            report.failed[entry.path] = files.reason_of(error)
        if progress is not None:
            progress(number + 1, len(entries))


def _show(report, name, found):
    if len(report.shown) < MOST_SHOWN:
        marked = found.picture()
        scale = min(1.0, SHOWN_SIDE / max(marked.shape[:2]))
        size = tuple(max(1, round(s * scale)) for s in marked.shape[:2])
        report.shown[name] = images.resize(marked, size, "stretch")


def _digest(path, mask):
    hashed = hashlib.sha256(pathlib.Path(path).read_bytes())
    if mask is not None:
        hashed.update(mask.tobytes())
    return hashed.hexdigest()
