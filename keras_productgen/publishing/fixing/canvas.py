"""Which part of the picture, with which margins, a profile asks for."""

import dataclasses

import numpy as np

from keras_productgen.publishing.rules.composition import fill_share


@dataclasses.dataclass(frozen=True)
class Canvas:
    """A frame laid over a picture; it may reach beyond it.

    Args:
        top: int, its first row in the picture; may be negative.
        left: int, its first column.
        height: int.
        width: int.
    """

    top: int
    left: int
    height: int
    width: int

    @property
    def shift(self):
        """Rows and columns that the product moves."""
        return -self.top, -self.left

    def inside(self, size):
        """Whether no margin has to be added."""
        return (
            self.top >= 0
            and self.left >= 0
            and self.top + self.height <= size[0]
            and self.left + self.width <= size[1]
        )

    def cut(self, picture, color):
        """The framed part, with margins of a colour; values are copied."""
        shape = (self.height, self.width, *picture.shape[2:])
        framed = np.empty(shape, picture.dtype)
        framed[...] = np.asarray(color, picture.dtype)
        rows, into_rows = _overlap(self.top, self.height, picture.shape[0])
        columns, into = _overlap(self.left, self.width, picture.shape[1])
        framed[into_rows, into] = picture[rows, columns]
        return framed


def _overlap(start, length, limit):
    first, last = max(0, start), min(limit, start + length)
    return slice(first, last), slice(first - start, last - start)


def within(border, size):
    """Returns the `Canvas` of what a `frame.Border` frames."""
    rows, columns = border.inner(size)
    return Canvas(
        rows.start,
        columns.start,
        rows.stop - rows.start,
        columns.stop - columns.start,
    )


def plan(box, size, rules):
    """Returns the `Canvas` that keeps fill, centring and aspect.

    Args:
        box: `[x, y, width, height]` of the product.
        size: `(height, width)` of the picture.
        rules: dict, those of a profile.

    Returns:
        `Canvas`, or None where the frame is as it should be.
    """
    x, y, width, height = box
    aspect = _clipped(size[1] / size[0], rules.get("aspect"))
    share = _fill(fill_share(box, size), rules.get("fill"))
    kept = aspect == size[1] / size[0] and share == fill_share(box, size)
    if kept and _centred(box, size, rules.get("centring")):
        return None
    rows = max(height, width / aspect) / share
    rows, columns = max(1, round(rows)), max(1, round(rows * aspect))
    top = round(y + height / 2 - rows / 2)
    left = round(x + width / 2 - columns / 2)
    return Canvas(top, left, rows, columns)


def _clipped(value, rule):
    if rule is None:
        return value
    return min(max(value, rule["least"]), rule["most"])


def _fill(share, rule):
    """The share as it is where that will do, else well within the ends."""
    if rule is None:
        return share
    least, most = rule["least"], rule["most"]
    if least <= share <= most:
        return share
    return least + 0.25 * (most - least)


def _centred(box, size, rule):
    if rule is None:
        return True
    x, y, width, height = box
    across = abs((x + width / 2) / size[1] - 0.5)
    down = abs((y + height / 2) / size[0] - 0.5)
    return max(across, down) <= rule["most"]
