"""Damaged, by the best filter, by the best model, clean: side by side."""

import dataclasses

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.evaluation.restoration.candidates import CLASSICAL
from keras_productgen.evaluation.restoration.candidates import MODEL

CAPTION, GAP = 20, 4
_FONT, _INK = cv2.FONT_HERSHEY_SIMPLEX, (30, 30, 30)


@dataclasses.dataclass(frozen=True)
class Shown:
    """A picture on the sheet.

    Args:
        test: `Protocol`.
        damaged: float32 array `(height, width, 3)`.
        made: dict from candidates to uint8 arrays.
        clean: uint8 array.
    """

    test: object
    damaged: np.ndarray
    made: dict
    clean: np.ndarray


def draw(shown, scores, cell):
    """Returns the sheet, uint8 `(height, width, 3)`.

    Args:
        shown: list of `Shown`, a row for those of one test.
        scores: list of `RestorationScore`, which say what is best.
        cell: int, side of the part of a picture that is shown, in pixels.
    """
    rows = {}
    for each in shown:
        key = (each.test.task, each.test.name)
        rows[key] = rows.get(key, []) + _row(each, scores, cell)
    columns = max(map(len, rows.values()))
    blank = np.full((cell + CAPTION, cell, 3), 255, "uint8")
    margins = ((GAP, 0), (GAP, 0), (0, 0))
    lines = []
    for row in rows.values():
        row = row + [blank] * (columns - len(row))
        parts = [np.pad(part, margins, constant_values=255) for part in row]
        lines.append(np.hstack(parts))
    return np.vstack(lines)


def _row(shown, scores, cell):
    test = shown.test
    parts = [(f"{test.task}, {test.name}", images.to_uint8(shown.damaged))]
    for kind in (CLASSICAL, MODEL):
        name = _best(test, scores, kind)
        parts += [(c.name, m) for c, m in shown.made.items() if c.name == name]
    parts.append(("clean", shown.clean))
    size = shown.clean.shape[:2]
    return [_cell(image, size, name, cell) for name, image in parts]


def _best(test, scores, kind):
    found = [
        score
        for score in scores
        if (score.task, score.test, score.kind) == (test.task, test.name, kind)
    ]
    best = max(found, key=lambda score: score.psnr, default=None)
    return None if best is None else best.method


def _cell(image, size, name, cell):
    if image.shape[:2] != size:
        # Every pixel is to be seen as it is.
        image = cv2.resize(image, size[::-1], interpolation=cv2.INTER_NEAREST)
    top, left = (max(0, side - cell) // 2 for side in size)
    part = image[top : top + cell, left : left + cell]
    framed = np.full((cell + CAPTION, cell, 3), 255, "uint8")
    framed[CAPTION : CAPTION + part.shape[0], : part.shape[1]] = part
    text = name[: cell // 7]
    cv2.putText(framed, text, (2, 14), _FONT, 0.4, _INK, 1, cv2.LINE_AA)
    return framed
