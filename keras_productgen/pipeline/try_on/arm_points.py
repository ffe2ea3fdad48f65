"""Shoulder, armpit, elbow and wrist of one side of a silhouette."""

import numpy as np

from keras_productgen.pipeline.try_on import silhouette

# Shares of the way from shoulder to finger tips (Drillis and Contini, 1966).
ELBOW, WRIST = 0.42, 0.76
# A gap between arm and trunk is one from so many rows on, of the height.
LEAST_GAP = 0.02
# Arms are so long at least, as a share of the height.
LEAST_ARM = 0.2


def arm_points(body, neck, rows):
    """Finds what an arm says, on the left side.

    Args:
        body: the silhouette: `mask`, `axis`, `tall`, `row` and `inner`.
        neck: pair of floats, x and y, where the neck ends.
        rows: pair of floats, between which shares of the height the armpit is.

    Returns:
        Dict of points, and a set of doubts.
    """
    gap = _gap(body, rows)
    if gap is None:
        return {}, {"arms_not_apart"}
    armpit = _armpit(body, gap)
    shoulder = _shoulder(body, neck, armpit)
    if shoulder is None:
        return {"armpit": armpit}, {"shoulders_not_seen"}
    found = {"armpit": armpit, "shoulder": shoulder}
    path = _arm_path(body, gap)
    joint = _joint(shoulder, armpit)
    arm = np.concatenate([[joint], path])
    length = np.linalg.norm(np.diff(arm, axis=0), axis=1)
    if length.sum() < LEAST_ARM * body.tall or not _ends_free(body, path):
        return found, {"arms_end_at_the_body"}
    along = np.concatenate([[0.0], np.cumsum(length)]) / length.sum()
    for name, share in (("elbow", ELBOW), ("wrist", WRIST)):
        found[name] = tuple(
            np.interp(share, along, arm[:, axis]) for axis in (0, 1)
        )
    return found, set()


def _arm_run(body, row):
    """The piece left of the trunk in a row, or None."""
    trunk = body.inner(row)
    left = [p for p in silhouette.runs(body.mask[row]) if p[1] < trunk[0] - 1]
    return left[-1] if left else None


def _gap(body, rows):
    """The first row from which on arm and trunk are apart."""
    least = max(2, round(LEAST_GAP * body.tall))
    first, last = body.row(rows[0]), body.row(rows[1])
    for row in range(first, last + 1):
        below = range(row, min(row + least, body.mask.shape[0]))
        if all(_arm_run(body, each) is not None for each in below):
            return row
    return None


def _armpit(body, gap):
    arm, trunk = _arm_run(body, gap), body.inner(gap)
    return (arm[1] + trunk[0]) / 2.0, gap - 1.0


def _shoulder(body, neck, armpit):
    """The corner of the outline between neck and upper arm."""
    side = silhouette.left_side(silhouette.outline(body.mask), body.axis)
    first = silhouette.index_of(side, neck)
    below = side[: first + 1]
    outer = silhouette.at_row(below, armpit[1])
    part = below[silhouette.index_of(below, outer) :]
    if len(part) < 3:
        return None
    corner, distance = silhouette.farthest(part, outer, np.asarray(neck))
    return corner if distance >= 0.008 * body.tall else None


def _joint(shoulder, armpit):
    """The middle of the arm where it begins."""
    start, end = np.asarray(shoulder), np.asarray(armpit)
    return start + 0.3 * (end - start)


def _arm_path(body, gap):
    """The middle of the arm, row by row downwards, float `(n, 2)`."""
    path, run = [], _arm_run(body, gap)
    for row in range(gap, body.bottom + 1):
        pieces = silhouette.runs(body.mask[row])
        going_on = [p for p in pieces if p[0] <= run[1] and run[0] <= p[1]]
        # Where the arm meets the trunk or a leg, it is not seen to end.
        if len(going_on) != 1 or going_on[0][1] >= body.axis:
            break
        run = going_on[0]
        path.append(((run[0] + run[1]) / 2.0, float(row)))
    return np.array(path)


def _ends_free(body, path):
    """Whether there is backdrop below the last row of the arm."""
    x, row = path[-1]
    if row + 2 >= body.mask.shape[0]:
        return False
    return not body.mask[int(row) + 2, round(x)]
