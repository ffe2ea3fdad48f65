"""Takes the problems of a folder out of it, reversibly."""

import os

from keras_productgen.data import folder_scan
from keras_productgen.data.cleaning.findings import REASONS
from keras_productgen.data.cleaning.problems import find_problems
from keras_productgen.data.cleaning.quarantine import JOURNAL
from keras_productgen.data.cleaning.quarantine import Quarantine
from keras_productgen.images.headers import MAX_PIXELS

CACHE = ".analysis"


def clean(
    directory: str | os.PathLike,
    quarantine: str | os.PathLike,
    thresholds=None,
    *,
    reasons=None,
    encoder="products",
    workers=None,
    max_pixels=MAX_PIXELS,
    progress=None,
):
    """Moves the pictures with a problem into a quarantine folder.

    Nothing is deleted or written over: `restore_quarantined` brings every
    file back, byte for byte. Run again after a kill, it goes on where it
    stopped. In the quarantine lie `<reason>/<path>`, `manifest.jsonl` with a
    line a picture, `report.json`, and `sheet.png` to look at.

    Args:
        directory: The folder; folders in it are searched. Hidden files, links
            and what lies behind them are left alone.
        quarantine: Where the pictures go; best on the same disk. New, empty,
            or filled by an earlier run.
        thresholds: optional `CleaningThresholds`.
        reasons: optional names out of `find_problems`' reasons: only pictures
            with one of these are moved. Defaults to all.
        encoder: As in `find_problems`.
        workers: Threads. Defaults to the number of processors.
        max_pixels: Larger pictures count as unreadable.
        progress: optional function of `(stage, done, total)`.

    Returns:
        A `CleaningReport`.

    Raises:
        ValueError: If there is no such folder, or an argument does not fit.
    """
    check_reasons(reasons)
    progress = progress or (lambda stage, done, total: None)
    root = folder_scan.root_of(directory)
    place = Quarantine(quarantine)
    check_place(root, place.directory)
    report = find_problems(
        root,
        thresholds,
        encoder=encoder,
        cache=place.directory / CACHE,
        without=place.directory,
        workers=workers,
        max_pixels=max_pixels,
        progress=progress,
    )
    report.quarantine = str(place.directory)
    report.sheet(place.directory / "sheet.png")
    wanted = set(reasons or REASONS)
    chosen = [f for f in report.findings if wanted & set(f.reasons)]
    report.moved, report.failed = place.take(root, chosen, progress)
    report.save(place.directory / "report.json")
    return report


def restore_quarantined(
    quarantine: str | os.PathLike, directory: str | os.PathLike | None = None
):
    """Moves the pictures of a quarantine back where they came from.

    A file that is new at such a place is never written over: the picture then
    stays in the quarantine and is named.

    Args:
        quarantine: The folder that `clean` filled.
        directory: optional folder to put them into, if theirs was moved.

    Returns:
        `(restored, refused)`: a list of paths, and one of `(path, why)`.

    Raises:
        ValueError: If `quarantine` has no journal.
    """
    return Quarantine(quarantine).restore(directory)


def check_reasons(reasons):
    """Refuses names that are no reasons."""
    unknown = sorted(set(reasons or ()) - set(REASONS))
    if unknown:
        raise ValueError(
            f"`reasons` must be out of {list(REASONS)}. Received: {unknown}"
        )


def check_place(root, place):
    """Refuses a quarantine that would swallow pictures or others' files."""
    real_root, real_place = os.path.realpath(root), os.path.realpath(place)
    if os.path.commonpath([real_root, real_place]) == real_place:
        raise ValueError(
            "`quarantine` must be another folder than `directory`, and not "
            f"hold it. Received: quarantine={str(place)!r}"
        )
    if place.exists() and not place.is_dir():
        raise ValueError(
            "`quarantine` must be a folder. "
            f"Received: quarantine={str(place)!r}, a file"
        )
    known = (place / JOURNAL).exists() or (place / CACHE).exists()
    # The report and the sheet must not be written over a stranger's files.
    if place.exists() and not known and any(place.iterdir()):
        raise ValueError(
            "`quarantine` must be a new or empty folder, or one that `clean` "
            f"has filled. Received: quarantine={str(place)!r} with other files"
        )
