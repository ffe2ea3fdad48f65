"""Borders around pictures: even strips that end in a straight line."""

import dataclasses

import numpy as np

from keras_productgen.publishing.rules.finding import judged

# Strips are looked for up to this share of the side.
REACH = 0.15
# Levels by which the rows of an even strip, and those across its end, differ.
EVEN, STEP = 6.0, 12.0
# Share of a strip's end that must show a step: of white and of broad strips,
# which margins of an angular product may be, nearly all.
SHARE, WHOLE_SHARE = 0.8, 0.97
WHITE, BROAD = 235, 0.04


@dataclasses.dataclass(frozen=True)
class Border:
    """How thick the frame of a picture is on each side, in pixels; 0 for none.

    Args:
        top: int.
        bottom: int.
        left: int.
        right: int.
    """

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    @property
    def sides(self):
        """How many sides are framed."""
        return sum(map(bool, dataclasses.astuple(self)))

    def inner(self, size):
        """Slices of rows and columns of what is framed."""
        return (
            slice(self.top, size[0] - self.bottom),
            slice(self.left, size[1] - self.right),
        )

    def boxes(self, size):
        """Boxes of the strips, `[x, y, width, height]`."""
        height, width = size
        found = [
            [0, 0, width, self.top],
            [0, height - self.bottom, width, self.bottom],
            [0, 0, self.left, height],
            [width - self.right, 0, self.right, height],
        ]
        return [box for box in found if 0 not in box[2:]]


def find_border(colors):
    """Looks for even strips along the sides of a picture.

    Args:
        colors: uint8 array `(height, width, 3)`.

    Returns:
        `Border`. A single framed side, which a table's edge may be, counts too.
    """
    if min(colors.shape[:2]) < 16:
        return Border()
    turned = colors.swapaxes(0, 1)
    return Border(
        _thickness(colors),
        _thickness(colors[::-1]),
        _thickness(turned),
        _thickness(turned[::-1]),
    )


def _thickness(rows):
    """Rows of an even strip at the top, 0 where none ends in a line."""
    reach = max(2, round(REACH * len(rows)))
    first = np.median(rows[0], axis=0)
    if not _even(_distance(rows[:1], first))[0]:
        return 0
    distance = _distance(rows[: reach + 1], first)
    number = np.arange(1, len(distance))
    # Of white and of broad strips nearly all of the end must show.
    doubtful = (first.min() >= WHITE) | (number > BROAD * len(rows))
    needed = np.where(doubtful, WHOLE_SHARE, SHARE)
    ends = (distance[1:] > STEP).mean(axis=1) >= needed
    # A row is even along its length, and the strip from row to row.
    ends &= np.logical_and.accumulate(_even(distance[:-1]))
    return int(number[ends.argmax()]) if ends.any() else 0


def _distance(rows, color):
    """Levels by which each pixel's worst channel is off, float32."""
    off = np.abs(rows.astype("float32") - np.float32(color))
    return np.maximum(np.maximum(off[..., 0], off[..., 1]), off[..., 2])


def _even(distance):
    """Whether rows hardly differ from the colour, bool `(rows,)`."""
    return np.quantile(distance, 0.98, axis=1) <= EVEN


def border(subject, settings):
    """No frame: at most one side may look framed."""
    found = subject.border
    strips = ", ".join(
        f"{side} {size} px"
        for side, size in dataclasses.asdict(found).items()
        if size
    )
    return judged(
        "border",
        settings | ({"level": "warn"} if found.sides == 1 else {}),
        found.sides == 0,
        strips or "none",
        "no border or frame",
        "Crop the strips off.",
        boxes=found.boxes(subject.size),
    )
