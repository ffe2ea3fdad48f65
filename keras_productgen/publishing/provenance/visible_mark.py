"""A mark that is seen: AI生成, drawn from strokes of our own."""

import cv2
import numpy as np

from keras_productgen.images import kinds

# On a square of 100: each stroke is a line through points `(x, y)`.
STROKES = {
    "A": (((8, 95), (38, 8), (68, 95)), ((19, 66), (57, 66))),
    "I": (((20, 8), (20, 95)),),
    "生": (
        ((30, 6), (24, 24), (10, 42)),
        ((22, 28), (88, 28)),
        ((52, 4), (52, 92)),
        ((20, 58), (84, 58)),
        ((6, 92), (96, 92)),
    ),
    "成": (
        ((16, 24), (90, 24)),
        ((17, 24), (17, 58), (6, 94)),
        ((17, 48), (45, 48), (44, 70), (40, 82), (30, 78)),
        ((54, 4), (58, 46), (74, 82), (88, 94), (95, 76)),
        ((84, 38), (72, 66), (44, 92)),
        ((68, 6), (82, 16)),
    ),
}
ADVANCES = {"A": 80, "I": 44, "生": 108, "成": 104}
# GB 45438-2025 asks for letters of at least this share of the shorter side.
LEAST_HEIGHT = 0.05
CORNERS = ("top left", "top right", "bottom left", "bottom right")


def draw_mark(picture, text="AI生成", height=0.06, corner="bottom right"):
    """Writes in a corner that a picture was generated.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        text: str of the letters A, I, 生 and 成.
        height: float, of the letters, as a share of the shorter side; at least
            0.05, as GB 45438-2025 asks.
        corner: one of `CORNERS`.

    Returns:
        uint8 array of the same shape: light letters on a dark field.

    Raises:
        ValueError: if an argument is none of these, or the text is too long
            for the picture.
    """
    picture = kinds.checked_picture(picture)
    _check(text, height, corner)
    size = max(8, int(np.ceil(height * min(picture.shape[:2]))))
    letters = _letters(text, size)
    field, y, x = _place(letters, size, picture.shape[:2], corner)
    made = picture.copy()
    opened = made[..., None] if made.ndim == 2 else made
    part = opened[y : y + field.shape[0], x : x + field.shape[1]]
    # Half dark, and the letters white on it.
    dark = part[..., :3] * 0.35
    part[..., :3] = np.rint(dark + field[..., None] * (255.0 - dark))
    if opened.shape[-1] == 4:
        part[..., 3] = 255
    return made


def _letters(text, size):
    """The text, float32 `(size, width)` in `[0, 1]`."""
    # Drawn large and shrunk: smooth at any size.
    scale = 4 * size / 100.0
    width = int(sum(ADVANCES[letter] for letter in text) * scale) + 1
    canvas = np.zeros((4 * size, width), "uint8")
    thick = max(2, round(8.5 * scale))
    left = 0
    for letter in text:
        for stroke in STROKES[letter]:
            points = np.round((np.array(stroke) + (left, 0)) * scale)
            cv2.polylines(
                canvas, [points.astype("int32")], False, 255, thick, cv2.LINE_AA
            )
        left += ADVANCES[letter]
    small = (max(1, width // 4), size)
    canvas = cv2.resize(canvas, small, interpolation=cv2.INTER_AREA)
    return canvas.astype("float32") / 255.0


def _place(letters, size, shape, corner):
    margin = max(2, size // 4)
    field = np.pad(letters, margin)
    if field.shape[0] > shape[0] or field.shape[1] > shape[1]:
        raise ValueError(
            f"The mark must fit into the picture: it takes {field.shape}. "
            f"Received: a picture of {shape}"
        )
    y = 0 if corner.startswith("top") else shape[0] - field.shape[0]
    x = 0 if corner.endswith("left") else shape[1] - field.shape[1]
    return field, y, x


def _check(text, height, corner):
    if not text or set(text) - set(STROKES):
        raise ValueError(
            f"`text` must be of the letters {''.join(STROKES)}. "
            f"Received: text={text!r}"
        )
    if not LEAST_HEIGHT <= height <= 0.5:
        raise ValueError(
            f"`height` must be from {LEAST_HEIGHT} to 0.5. "
            f"Received: height={height}"
        )
    if corner not in CORNERS:
        raise ValueError(
            f"`corner` must be one of {CORNERS}. Received: corner={corner!r}"
        )
