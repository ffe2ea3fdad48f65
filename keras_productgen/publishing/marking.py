"""Pictures marked where rules are broken."""

import cv2
import numpy as np

from keras_productgen import images

SIDE = 1600
RED, ORANGE = (214, 39, 40), (230, 126, 0)
# How much of a colour lies over what a mask says.
TINT = 0.45


def marked(colors, failed, warnings):
    """Draws boxes and masks of findings, warnings below failures.

    Args:
        colors: uint8 array `(height, width, 3)`.
        failed: list of `Finding`.
        warnings: list of `Finding`.

    Returns:
        uint8 array, no larger than 1600 pixels a side.
    """
    scale = min(1.0, SIDE / max(colors.shape[:2]))
    size = tuple(max(1, round(edge * scale)) for edge in colors.shape[:2])
    canvas = images.resize(colors, size, "stretch")
    findings = [(f, ORANGE) for f in warnings] + [(f, RED) for f in failed]
    for found, color in findings:
        if found.mask is not None:
            _tint(canvas, found.mask, color)
    # Labels of several rules at one place stand below each other.
    taken = []
    for found, color in findings:
        for box in found.boxes:
            _draw(canvas, [round(v * scale) for v in box], color)
    for found, color in findings:
        if found.boxes:
            first = [round(v * scale) for v in found.boxes[0]]
            _label(canvas, first, found.rule, color, taken)
    return canvas


def _tint(canvas, mask, color):
    size = canvas.shape[1::-1]
    share = cv2.resize(
        mask.astype("float32"), size, interpolation=cv2.INTER_AREA
    )[..., None]
    mixed = canvas * (1.0 - TINT * share) + np.float32(color) * TINT * share
    canvas[...] = images.to_uint8(mixed)


def _draw(canvas, box, color):
    x, y, width, height = box
    thick = max(1, round(max(canvas.shape[:2]) / 300))
    corner = x + max(width, 2) - 1, y + max(height, 2) - 1
    cv2.rectangle(canvas, (x, y), corner, color, thick)


def _label(canvas, box, words, color, taken):
    height, width = canvas.shape[:2]
    scale = max(0.35, max(height, width) / 1400)
    font = cv2.FONT_HERSHEY_SIMPLEX
    (across, down), below = cv2.getTextSize(words, font, scale, 1)
    row = down + below + 4
    x = int(np.clip(box[0] + 2, 0, max(0, width - across - 4)))
    above = box[1] - row if box[1] >= row else box[1] + 2
    y = int(np.clip(above, 0, max(0, height - row)))
    while any(abs(x - a) < across and abs(y - b) < row for a, b in taken):
        y += row
        if y + row > height:
            break
    taken.append((x, y))
    cv2.rectangle(canvas, (x, y), (x + across + 3, y + row), color, -1)
    cv2.putText(
        canvas, words, (x + 2, y + down + 2), font, scale, (255, 255, 255), 1,
        cv2.LINE_AA,
    )  # fmt: skip
