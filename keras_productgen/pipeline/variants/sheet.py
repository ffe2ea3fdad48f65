"""A sheet of a photo and its variants."""

import cv2
import numpy as np

from keras_productgen import editing
from keras_productgen import images

CAPTION, FRAME, MOST_COLUMNS = 34, 3, 6
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_BLACK, _RED = (30, 30, 30), (200, 20, 20)
_SHORT = {
    "color_difference": "dE",
    "structure": "ssim",
    "similarity": "cos",
    "style_change": "change",
    "pattern_similarity": "cos",
    "pattern_change": "drawn",
    "pattern_found": "found",
    "mask_confidence": "mask",
    "outside_changed": "outside",
}
_SHOWN = (
    "color_difference",
    "structure",
    "similarity",
    "pattern_similarity",
    "pattern_change",
)


def draw_sheet(result, cell):
    """Returns the sheet of a `VariantSet`, uint8 `(height, width, 3)`.

    Variants that failed have a red frame, and name the scores that failed.
    """
    cells = [_cell(result.photo, "photo", "", _BLACK, cell)]
    rows = zip(result.names, result.images, result.scores, result.failures)
    for name, image, scores, failed in rows:
        shown = failed or _SHOWN
        facts = " ".join(
            f"{_SHORT[key]} {scores[key]:.3g}"
            for key in shown
            if scores[key] is not None
        )
        color = _RED if failed else _BLACK
        cells.append(_cell(image, str(name), facts, color, cell))
    return images.grid(np.stack(cells), min(len(cells), MOST_COLUMNS), 6)


def _cell(image, name, facts, color, side):
    image = editing.composite(image, (255, 255, 255))
    picture = images.resize(image, side, "pad", 255)
    if color == _RED:
        picture = cv2.copyMakeBorder(
            picture[FRAME:-FRAME, FRAME:-FRAME],
            *[FRAME] * 4, cv2.BORDER_CONSTANT, value=color,
        )  # fmt: skip
    caption = np.full((CAPTION, side, 3), 255, "uint8")
    for text, bottom, scale in ((name, 13, 0.45), (facts, 29, 0.38)):
        text = text.encode("ascii", "replace").decode()[: side // 7]
        cv2.putText(
            caption, text, (4, bottom), _FONT, scale, color, 1, cv2.LINE_AA
        )
    return np.concatenate([picture, caption])
