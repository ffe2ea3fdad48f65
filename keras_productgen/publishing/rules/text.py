"""Lines of letters off the product: a suspect, for nothing is read."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.publishing.rules.finding import judged

# Letters are looked for in pictures of these longer sides, large and small.
SIDES = (450, 900)
# Small pictures are enlarged so far, that letters come apart.
MOST_ENLARGED = 2.0
# Strokes differ so from what is around them: in levels, and as a share of the
# strongest stroke near by, that letters are not joined by their soft edges.
CONTRAST, SHARE = 24, 0.45
# Above and below a line there are so few strokes, against those within it.
ALONE = 0.3
LEAST_LETTERS = 4
HEIGHTS = (6, 40)


def text(subject, settings):
    """Letters or marks beside the product, in light or dark strokes."""
    boxes = find_text(subject)
    return judged(
        "text",
        settings,
        not boxes,
        f"{len(boxes)} lines look like text" if boxes else "none seen",
        "no text or watermark beside the product",
        "Remove it, or photograph without it, if it is text.",
        boxes=boxes,
    )


def find_text(subject):
    """Boxes of lines of letters off the product, `[x, y, width, height]`."""
    found = []
    for side in SIDES:
        scale = min(MOST_ENLARGED, side / max(subject.size))
        size = tuple(max(1, round(edge * scale)) for edge in subject.size)
        grey = images.resize(subject.luma, size, "stretch")
        if min(size) < 16:
            continue
        for box in _lines(grey, ~_product(subject, size)):
            whole = [round(value / scale) for value in box]
            if not any(_overlap(whole, other) for other in found):
                found.append(whole)
    return found


def _product(subject, size):
    """The product with its edge, at a size; nothing where none is known."""
    product = subject.product
    if not (product.found and product.sure):
        return np.zeros(size, bool)
    mask = product.main.astype("uint8") * 255
    small = cv2.resize(mask, size[::-1], interpolation=cv2.INTER_AREA) > 0
    return cv2.dilate(small.astype("uint8"), np.ones((5, 5), "uint8")) > 0


def _lines(grey, region):
    found = []
    for kind in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
        strokes = cv2.morphologyEx(grey, kind, np.ones((9, 9), "uint8"))
        strongest = cv2.dilate(strokes, np.ones((15, 15), "uint8"))
        strokes = strokes > np.maximum(CONTRAST, SHARE * strongest)
        strokes &= region
        letters = _letters(strokes)
        boxes = [_around(line) for line in _grouped(letters)]
        found += [box for box in boxes if _stands_alone(strokes, box)]
    return found


def _letters(strokes):
    """Boxes of parts that may be letters: no dots, lines or blocks."""
    _, _, facts, _ = cv2.connectedComponentsWithStats(strokes.astype("uint8"))
    facts = facts[1:]
    x, y, width, height, area = facts.T
    right = (HEIGHTS[0] <= height) & (height <= HEIGHTS[1])
    right &= (width <= 2.5 * height) & (area >= 0.12 * width * height)
    right &= (area <= 0.9 * width * height) | (width < 0.4 * height)
    return facts[right, :4].tolist()


def _grouped(letters):
    """Rows of at least four letters as high as each other, side by side."""
    letters = sorted(letters)
    rows = []
    for letter in letters:
        for row in rows:
            if _continues(row[-1], letter):
                row.append(letter)
                break
        else:
            rows.append([letter])
    return [row for row in rows if _is_line(row)]


def _continues(last, letter):
    height = max(last[3], letter[3])
    gap = letter[0] - (last[0] + last[2])
    tops = abs(last[1] - letter[1])
    bottoms = abs((last[1] + last[3]) - (letter[1] + letter[3]))
    return (
        min(last[3], letter[3]) >= 0.6 * height
        and -0.3 * height <= gap <= 1.2 * height
        # What hangs below the line begins where the others do.
        and min(tops, bottoms) <= 0.3 * height
    )


def _is_line(row):
    if len(row) < LEAST_LETTERS:
        return False
    boxes = np.array(row)
    bottoms = boxes[:, 1] + boxes[:, 3]
    height = np.median(boxes[:, 3])
    # Weaves and tiles repeat one form; letters have several widths.
    widths = np.unique(np.round(boxes[:, 2] / height, 1))
    return np.std(bottoms) <= 0.15 * height and len(widths) >= 3


def _stands_alone(strokes, box):
    """Whether a line has empty rows around it, which no texture has."""
    x, y, width, height = box
    near = round(0.6 * height)
    columns = strokes[:, x : x + width]
    around = np.concatenate(
        [
            columns[max(0, y - near - 1) : max(0, y - 1)],
            columns[y + height + 1 : y + height + 1 + near],
        ]
    )
    inside = columns[y : y + height].mean()
    return not around.size or around.mean() <= ALONE * inside


def _around(row):
    boxes = np.array(row)
    x, y = boxes[:, :2].min(axis=0)
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0)
    return [int(x), int(y), int(right - x), int(bottom - y)]


def _overlap(first, second):
    across = min(first[0] + first[2], second[0] + second[2]) - max(
        first[0], second[0]
    )
    down = min(first[1] + first[3], second[1] + second[3]) - max(
        first[1], second[1]
    )
    return across > 0 and down > 0
