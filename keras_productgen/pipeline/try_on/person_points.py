"""Key points of a standing person, from the silhouette's widths by row.

Read from the front, standing upright, arms a little away from the body. What
else a silhouette may be, such as seated or with crossed arms, does not say
where things are: then there are doubts, and the points must be given.
"""

import numpy as np

from keras_productgen.pipeline.try_on import silhouette
from keras_productgen.pipeline.try_on.arm_points import arm_points
from keras_productgen.pipeline.try_on.key_points import DOUBTED
from keras_productgen.pipeline.try_on.key_points import LEFT
from keras_productgen.pipeline.try_on.key_points import RIGHT
from keras_productgen.pipeline.try_on.key_points import KeyPoints

# Of the height of a standing figure: where the neck is looked for, how wide
# shoulders are, and where legs part.
NECK_ROWS = 0.08, 0.24
SHOULDER_WIDTHS = 0.17, 0.34
CROTCH_ROWS = 0.42, 0.62
ARMPIT_ROWS = 0.19, 0.42
ANKLE_ROW = 0.95
# The neck is narrower than the head by so much.
NARROW = 0.85
EVEN_SHOULDERS = 0.25


def estimate(mask):
    """Looks for the key points of a person.

    Args:
        mask: bool `(height, width)`.

    Returns:
        `KeyPoints`. Doubts: `"neck_not_seen"`, `"shoulders_not_seen"`,
        `"arms_not_apart"`, `"arms_end_at_the_body"`, `"legs_not_apart"`,
        `"not_standing"`.
    """
    body = _Body(mask)
    if body.neck_row is None:
        return KeyPoints({}, frozenset(), 0.0, ("neck_not_seen",))
    width, doubts, places = mask.shape[1], set(), {}
    right = body.mirrored()
    for side, half in ((LEFT, body), (RIGHT, right)):
        found, more = _side(half)
        doubts |= more
        for name, (x, y) in found.items():
            x = x if side == LEFT else width - 1 - x
            places[f"{name}_{side}"] = float(x), float(y)
    if body.crotch is not None:
        places["crotch"] = body.axis, float(body.crotch)
    doubts |= _unlikely(places, body)
    confidence = DOUBTED ** len(doubts)
    return KeyPoints(places, frozenset(), confidence, tuple(sorted(doubts)))


class _Body:
    """Rows of a silhouette, and what is found of all of it."""

    def __init__(self, mask):
        rows = np.flatnonzero(mask.any(axis=1))
        self.mask = mask
        self.top, self.bottom = int(rows[0]), int(rows[-1])
        self.tall = self.bottom - self.top + 1
        self.neck_row = self._neck_row()
        if self.neck_row is not None:
            self.axis = float(np.mean(self.inner(self.neck_row)))
            self.crotch = self._crotch()

    def row(self, share):
        return self.top + round(share * (self.tall - 1))

    def mirrored(self):
        return _Body(self.mask[:, ::-1])

    def widest(self, row):
        """`(start, end)` of the longest piece of a row."""
        pieces = silhouette.runs(self.mask[row])
        return max(pieces, key=lambda p: p[1] - p[0], default=(0, -1))

    def inner(self, row):
        """The piece at the axis; before it is known, the longest."""
        if not hasattr(self, "axis"):
            return self.widest(row)
        pieces = silhouette.runs(self.mask[row])
        over = [p for p in pieces if p[0] - 1 <= self.axis <= p[1] + 1]
        return over[0] if over else self.widest(row)

    def _neck_row(self):
        """The narrowest row between head and shoulders."""
        first, last = self.row(NECK_ROWS[0]), self.row(NECK_ROWS[1])
        widths = [np.diff(self.widest(r))[0] for r in range(first, last + 1)]
        narrowest = min(widths, default=0)
        # Of a neck as wide all along, the middle.
        same = np.flatnonzero(np.array(widths) <= narrowest)
        row = first + int(same[len(same) // 2]) if len(same) else first
        above = [np.diff(self.widest(r))[0] for r in range(self.top, row)]
        head = max(above, default=0)
        return row if 0 < narrowest < NARROW * head else None

    def _crotch(self):
        """The first row from which on there is a gap at the axis."""
        for row in range(self.row(CROTCH_ROWS[0]), self.row(0.85)):
            start, end = int(self.axis) - 3, int(self.axis) + 4
            below = self.mask[row : row + max(2, self.tall // 40)]
            # Of each of these rows some pixel near the axis is none.
            if (~below[:, max(0, start) : end]).any(axis=1).all():
                return row
        return None


def _side(body):
    """`(points, doubts)` of the left side."""
    neck = _neck_base(body)
    found = {"neck": neck}
    arm, doubts = arm_points(body, neck, ARMPIT_ROWS)
    found |= arm
    if "armpit" in arm:
        found |= _waist_and_hip(body, arm["armpit"][1])
    if body.crotch is None:
        return found, doubts | {"legs_not_apart"}
    row = body.row(ANKLE_ROW)
    legs = [p for p in silhouette.runs(body.mask[row]) if p[0] < body.axis]
    if legs:
        found["ankle_outer"] = legs[-1][0], row
        found["ankle_inner"] = min(legs[-1][1], body.axis), row
    return found, doubts


def _neck_base(body):
    """Where the neck turns into the shoulder: the hollow of the outline."""
    side = silhouette.left_side(silhouette.outline(body.mask), body.axis)
    reach = 0.09 * body.tall
    part = side[np.abs(side[:, 1] - body.neck_row - 0.3 * reach) <= reach]
    part = part[np.abs(part[:, 0] - body.axis) <= 0.12 * body.tall]
    start = silhouette.at_row(part, body.neck_row)
    corner, _ = silhouette.farthest(part[::-1], start, part[0])
    return corner


def _waist_and_hip(body, armpit):
    last = body.crotch or body.row(0.53)
    rows = np.arange(int(armpit) + 1, int(last))
    if rows.size < 4:
        return {}
    starts = np.array([body.inner(row)[0] for row in rows], "float64")
    # Where arms or hands touch the trunk, its rows are no widths of it.
    upper = rows < armpit + 0.75 * (last - armpit)
    waist = _middle(np.flatnonzero(starts == starts[upper].max()))
    hip = waist + _middle(
        np.flatnonzero(starts[waist:] == starts[waist:].min())
    )
    return {
        "waist": (starts[waist], rows[waist]),
        "hip": (starts[hip], rows[hip]),
    }


def _middle(indices):
    return int(indices[len(indices) // 2])


def _unlikely(places, body):
    """Names of what no standing figure has."""
    doubts = set()
    both = [places.get(f"shoulder_{side}") for side in (LEFT, RIGHT)]
    if None not in both:
        wide = (both[1][0] - both[0][0]) / body.tall
        off = abs(both[0][0] + both[1][0] - 2.0 * body.axis) / body.tall
        if not SHOULDER_WIDTHS[0] <= wide <= SHOULDER_WIDTHS[1]:
            doubts.add("not_standing")
        if off > EVEN_SHOULDERS * wide:
            doubts.add("not_standing")
    if body.crotch is not None and body.crotch > body.row(CROTCH_ROWS[1]):
        doubts.add("not_standing")
    return doubts
