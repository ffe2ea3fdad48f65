"""Studio shots of a folder, resumed where they stopped."""

import dataclasses
import json
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen.data import photo_files
from keras_productgen.editing.composition.composite import composite
from keras_productgen.evaluation.destination import check_destination
from keras_productgen.pipeline.studio_shot import page
from keras_productgen.pipeline.studio_shot.folder_report import FolderReport
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.record import file_digest

SHEET, REPORT, PAGE = "sheet.png", "report.json", "report.html"
REJECTED = "rejected"
MOST_SHOWN, CELL = 40, 240


def run(shot, photos, out, keep_rejected, overwrite, progress):
    """Makes pictures of a folder; `StudioShot.run` has the Args."""
    out = pathlib.Path(out).expanduser()
    photo_files.check_outside(photos, out)
    entries = photo_files.find_photos(photos)
    check_destination(out)
    report = FolderReport(shot.parameters(), [], {}, {})
    # An earlier run's must not be taken for this one's.
    (out / REPORT).unlink(missing_ok=True)
    job = _Job(
        shot, out, files.stems_of(entries), keep_rejected, overwrite, report
    )
    files.for_each(entries, job.add, report.failed, progress)
    _save_sheet(report, out / SHEET)
    images.write_bytes(out / PAGE, page.render(report).encode())
    report.save(out / REPORT)
    return report


@dataclasses.dataclass
class _Job:
    shot: object
    out: pathlib.Path
    stems: dict
    keep_rejected: bool
    overwrite: bool
    report: FolderReport

    def add(self, entry):
        """Makes a picture of a photo, unless that was done before."""
        settings = {**self.report.parameters, "source": file_digest(entry.file)}
        stem = self.stems[entry.path]
        made = files.made_before(self.out, stem, settings)
        if made is not None:
            notes = sidecar.read_sidecar(made)["notes"]
            self._row(entry, notes, made, True)
            self._show(entry, images.load(made))
            return
        path = self.out / REJECTED / f"{stem}.json"
        notes = _rejected_before(path, settings, self.keep_rejected)
        if notes is not None:
            self._row(entry, notes, None, True)
            self._show(entry, None)
            return
        self._shoot(entry, stem, path, settings)

    def _shoot(self, entry, stem, path, settings):
        result = self.shot(entry.file)
        if result.image is None:
            self._reject(result, path, settings)
            self._row(entry, result.report.to_dict(), None, False)
            self._show(entry, None)
            return
        made = self.out / (stem + result.suffix)
        files.check_free(made, self.overwrite)
        result.save(self.out / stem, settings)
        path.unlink(missing_ok=True)
        path.with_suffix(".png").unlink(missing_ok=True)
        self._row(entry, result.report.to_dict(), made, False)
        self._show(entry, result.image)

    def _reject(self, result, path, settings):
        """Writes why; the picture first, so that the JSON says all is there."""
        if self.keep_rejected and result.rejected_image is not None:
            images.save(path.with_suffix(".png"), result.rejected_image)
        values = {
            "settings": settings,
            "notes": result.report.to_dict(),
            "picture": self.keep_rejected,
        }
        text = json.dumps(values, indent=1, ensure_ascii=False)
        images.write_bytes(path, text.encode())

    def _row(self, entry, notes, made, kept):
        name = None if made is None else made.relative_to(self.out).as_posix()
        row = {"file": entry.path, "made": name, "kept": kept}
        self.report.rows.append(row | notes)

    def _show(self, entry, image):
        if len(self.report.shown) < MOST_SHOWN:
            try:
                before = images.load(entry.file)
            except ValueError:
                return
            after = np.full((CELL, CELL, 3), 236, "uint8")
            if image is not None:
                after = _cell(image)
            self.report.shown[entry.path] = _cell(before), after


def _rejected_before(path, settings, keep_rejected):
    """What was found of a photo rejected with the same settings, or None."""
    try:
        values = json.loads(path.read_text("utf-8"))
        same = values["settings"] == settings
        enough = values["picture"] or not keep_rejected
        return values["notes"] if same and enough else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _cell(picture):
    if picture.ndim == 3 and picture.shape[-1] == 4:
        picture = composite(picture, (255, 255, 255))
    return images.resize(picture, CELL, "pad", 255)


def _save_sheet(report, path):
    if report.shown:
        cells = np.stack(
            [cell for pair in report.shown.values() for cell in pair]
        )
        columns = min(len(cells), 8)
        images.save(path, images.grid(cells, columns, 4))
