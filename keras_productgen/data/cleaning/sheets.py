"""Sheets of flagged pictures, to be looked at."""

import os

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.data.cleaning.findings import REASONS

CELL, CAPTION, COLUMNS = 128, 16, 8
_FONT = cv2.FONT_HERSHEY_SIMPLEX


def draw(report, max_pictures):
    """Returns the sheet of a `CleaningReport`, uint8 `(h, w, 3)`."""
    bands = []
    for reason in REASONS:
        found = [f for f in report.findings if reason in f.reasons]
        if not found:
            continue
        cells = []
        for finding in strongest(found, reason)[:max_pictures]:
            cells += _cells(report, finding, reason)
        bands += [_title(f"{reason}: {len(found)}"), sheet_of(cells)]
    return np.concatenate(bands or [_title("no problems")])


def strongest(findings, reason):
    """The findings of a reason, the clearest case first."""
    # Copies and marks are the clearer the higher the score, and so are
    # outliers; sharpness, size and spread the other way round.
    falling = reason in (
        "bright", "clipped", "watermark", "outlier", "near_duplicate"
    )  # fmt: skip
    sign = -1 if falling else 1
    return sorted(
        findings, key=lambda f: (sign * f.scores.get(reason, 0.0), f.path)
    )


def sheet_of(cells):
    """Lays cells out in rows of eight, the last one filled up with white."""
    blank = np.full((CELL + CAPTION, CELL, 3), 255, "uint8")
    cells = [*cells, *[blank] * (-len(cells) % COLUMNS)]
    return images.grid(np.stack(cells), COLUMNS)


def cell(file, caption):
    """A picture with a line of text below it, uint8."""
    try:
        picture = images.load_resized(file, CELL, "pad", 235)
    except (OSError, ValueError):
        picture = np.full((CELL, CELL, 3), 200, "uint8")
        cv2.putText(picture, "no picture", (20, 68), _FONT, 0.5, (90,) * 3, 1)
    line = np.full((CAPTION, CELL, 3), 255, "uint8")
    cv2.putText(line, _ascii(caption), (2, 12), _FONT, 0.36, (0,) * 3, 1)
    return np.concatenate([picture, line])


def _cells(report, finding, reason):
    score = finding.scores.get(reason)
    name = os.path.basename(finding.path)
    caption = name if score is None else f"{score:.3g} {name}"
    cells = [cell(_place(report, finding.path), caption)]
    if finding.twin is not None and "duplicate" in reason:
        twin = f"keeps {os.path.basename(finding.twin)}"
        cells.append(cell(_place(report, finding.twin), twin))
    return cells


def _place(report, path):
    """Where a picture lies, moved or not."""
    file = os.path.join(report.directory, path)
    if not os.path.exists(file) and report.quarantine is not None:
        for reason in REASONS:
            moved = os.path.join(report.quarantine, reason, path)
            if os.path.exists(moved):
                return moved
    return file


def _title(text):
    width = COLUMNS * (CELL + 2) + 2
    line = np.full((26, width, 3), 60, "uint8")
    cv2.putText(line, text, (6, 18), _FONT, 0.5, (255,) * 3, 1, cv2.LINE_AA)
    return line


def _ascii(text):
    return text.encode("ascii", "replace").decode()[:22]
