"""Key points of one side of trousers and skirts."""

import numpy as np

from keras_productgen.pipeline.try_on import silhouette

# A crotch lies so far above the hems, as a share of the height: in the 19 of 24
# photos whose legs part 0.08 and more. Notches where two hems meet, and curved
# hems, have at most 0.05.
LEAST_CROTCH = 0.06


def trousers_side(mask, axis):
    """`(points, doubts)` of the left side of trousers or shorts."""
    points = silhouette.outline(mask)
    side = silhouette.left_side(points, axis)
    waist = _waist(side)
    crotch = _crotch(points, axis)
    if crotch is None:
        hem, _ = silhouette.corners(side, (0.0, 1.0))
        # Legs that touch part at the middle of the outline's lower end; how
        # far up they do, it does not show.
        inner = np.array([axis - 1.0, side[0][1]])
        found = {"waist": waist, "hem_outer": hem, "hem_inner": inner}
        return found, ["crotch_not_seen"]
    leg = _leg(points, crotch, axis)
    hip = np.array([0.5 * (waist[0] + crotch[0]), crotch[1]])
    direction = np.array([0.0, 1.0])
    for _ in range(2):
        outer, inner = silhouette.corners(leg, direction)
        direction = (outer + inner) / 2.0 - hip
    knee = 0.5 * (crotch[1] + (outer[1] + inner[1]) / 2.0)
    return {
        "waist": waist,
        "hem_outer": outer,
        "hem_inner": inner,
        "knee_outer": silhouette.at_row(leg, knee),
        "knee_inner": silhouette.at_row(leg * (-1.0, 1.0), knee) * (-1.0, 1.0),
        "crotch": crotch,
    }, []


def skirt_side(mask, axis):
    """`(points, doubts)` of the left side of a skirt."""
    side = silhouette.left_side(silhouette.outline(mask), axis)
    waist = _waist(side)
    hem, _ = silhouette.corners(side, (0.0, 1.0))
    half = silhouette.at_row(side, 0.5 * (waist[1] + hem[1]))
    return {"waist": waist, "side": half, "hem": hem}, []


def _waist(side):
    """The upper left corner; hips and flares must not draw it down."""
    top, height = side[:, 1].min(), np.ptp(side[:, 1])
    upper = side[side[:, 1] <= top + 0.15 * height]
    return silhouette.corners(upper, (0.0, -1.0))[1]


def _crotch(points, axis):
    """The deepest hollow from below that spans the axis."""
    top, height = points[:, 1].min(), np.ptp(points[:, 1])
    for _, start, deepest, end in silhouette.hollows(
        points, LEAST_CROTCH * height
    ):
        spans = end[0] < axis < start[0]
        below = min(start[1], end[1]) > deepest[1]
        if spans and below and deepest[1] > top + 0.1 * height:
            return deepest
    return None


def _leg(points, crotch, axis):
    """The outline of the left leg, below the crotch."""
    first = silhouette.index_of(points, crotch)
    turned = np.roll(points, -first, axis=0)
    below = np.flatnonzero(turned[:, 1] < crotch[1] - 1.0)
    # Clockwise from the crotch: down the inner side, and up the outer one.
    leg = turned[: below[0]] if below.size else turned
    return leg if len(leg) > 4 else points[points[:, 0] <= axis]


BOTTOM_SIDES = {"trousers": trousers_side, "skirt": skirt_side}
