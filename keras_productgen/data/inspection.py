"""A thorough look at a folder of pictures, without training on it."""

import collections
import concurrent.futures
import hashlib
import os

from keras_productgen import images
from keras_productgen.data.folder_contents import read_folder
from keras_productgen.data.folder_scan import reason_of
from keras_productgen.images.headers import MAX_PIXELS

THUMBNAIL = 64
# A picture is blank if its values spread less than this, and dark if they
# are below this on average, 0-255.
BLANK_DEVIATION = 2.0
DARK_MEAN = 8.0


def inspect_folder(
    directory: str | os.PathLike,
    labels="inferred",
    manifest=None,
    max_pixels=MAX_PIXELS,
    workers=None,
):
    """Decodes every picture of a folder and reports what was found.

    Beyond what `image_folder` reports when it opens a folder, this finds the
    files whose pixels are corrupt, exact duplicates, and pictures that are
    blank or nearly black.

    Args:
        directory: The folder.
        labels: `"inferred"` counts pictures by folder; `None` does not.
        manifest: optional CSV or JSONL file, as in `image_folder`.
        max_pixels: Larger pictures count as unusable.
        workers: Threads that decode. Defaults to the number of processors.

    Returns:
        A `FolderReport`.

    Raises:
        ValueError: If there is no such folder, no usable picture in it, or
            the manifest does not fit.
    """
    workers = workers or os.cpu_count()
    contents = read_folder(
        directory,
        labels,
        manifest,
        conditions=None if manifest is None else (),
        max_pixels=max_pixels,
        workers=workers,
    )
    entries = contents.usable().entries
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        findings = list(pool.map(_look_at, entries))
    # What failed to decode now has a reason, so the report is made last.
    report = contents.report()
    _add_findings(report, entries, findings)
    return report


def _look_at(entry):
    """Returns `(digest, mean, deviation)`, or `None` for a corrupt picture."""
    try:
        picture = images.load_resized(
            entry.file, THUMBNAIL, "stretch", header=entry.header
        )
        with open(entry.file, "rb") as file:
            digest = hashlib.file_digest(file, "blake2b").digest()
    except (OSError, ValueError) as error:
        entry.reason = reason_of(error)
        return None
    return digest, float(picture.mean()), float(picture.std((0, 1)).max())


def _add_findings(report, entries, findings):
    same = collections.defaultdict(list)
    for entry, finding in zip(entries, findings):
        if finding is None:
            continue
        digest, mean, deviation = finding
        same[digest].append(entry.path)
        if deviation < BLANK_DEVIATION:
            report.blank.append(entry.path)
        if mean < DARK_MEAN:
            report.dark.append(entry.path)
    report.duplicates += [paths for paths in same.values() if len(paths) > 1]
