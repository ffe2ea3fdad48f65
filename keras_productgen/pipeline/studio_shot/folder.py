"""Studio shots of a folder, resumed where they stopped."""

import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen.data import photo_files
from keras_productgen.editing.checks import checked_whole
from keras_productgen.evaluation.destination import check_destination
from keras_productgen.pipeline.photo_folders import summary
from keras_productgen.pipeline.photo_folders.job import CELL
from keras_productgen.pipeline.photo_folders.job import cell
from keras_productgen.pipeline.photo_folders.names import REPORT
from keras_productgen.pipeline.photo_folders.names import SHEET
from keras_productgen.pipeline.studio_shot import page
from keras_productgen.pipeline.studio_shot.folder_report import VERB
from keras_productgen.pipeline.studio_shot.folder_report import StudioReport
from keras_productgen.pipeline.studio_shot.folder_work import Ahead
from keras_productgen.pipeline.studio_shot.folder_work import Work
from keras_productgen.publishing.folders import files

PAGE = "report.html"
MOST_SHOWN = 40


def run(shot, photos, out, keep_rejected, overwrite, workers, progress):
    """Makes pictures of a folder; `StudioShot.run` has the Args."""
    out = pathlib.Path(out).expanduser()
    workers = checked_whole("workers", workers)
    photo_files.check_outside(photos, out)
    entries = photo_files.find_photos(photos)
    check_destination(out)
    report = StudioReport(shot.parameters(), [], {}, {})
    summary.claim(out, VERB, [SHEET, PAGE], overwrite)
    stems = files.stems_of(entries)
    work = Work(shot, out, stems, keep_rejected, overwrite, report.parameters)
    with Ahead(work, entries, workers) as ahead:

        def add(entry):
            _add(report, entry, ahead.result(entry), out)

        files.for_each(entries, add, report.failed, progress)
    _save_sheet(report, out / SHEET)
    images.write_bytes(
        out / PAGE, page.render(report).encode("utf-8", "replace")
    )
    report.save(out / REPORT)
    return report


def _add(report, entry, done, out):
    made = done.path
    name = None if made is None else made.relative_to(out).as_posix()
    row = {"file": entry.path, "made": name, "kept": done.kept}
    report.rows.append(row | done.notes)
    if len(report.shown) < MOST_SHOWN:
        after = np.full((CELL, CELL, 3), 236, "uint8")
        if made is not None:
            after = cell(images.load(made))
        try:
            before = cell(images.load(entry.file, CELL))
            report.shown[entry.path] = before, after
        except ValueError:
            # Too large to be read, which its verdict says.
            return


def _save_sheet(report, path):
    if report.shown:
        cells = np.stack(
            [cell for pair in report.shown.values() for cell in pair]
        )
        columns = min(len(cells), 8)
        images.save(path, images.grid(cells, columns, 4))
