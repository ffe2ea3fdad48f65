"""Key points of garments, from their silhouettes alone.

All are looked for on the left side; the right one is the left one of the
mirrored mask.
"""

import numpy as np

from keras_productgen.pipeline.try_on import silhouette
from keras_productgen.pipeline.try_on.armholes import arm_hollow
from keras_productgen.pipeline.try_on.armholes import armhole_end
from keras_productgen.pipeline.try_on.armholes import highest
from keras_productgen.pipeline.try_on.bottom_points import BOTTOM_SIDES
from keras_productgen.pipeline.try_on.key_points import DOUBTED
from keras_productgen.pipeline.try_on.key_points import LEFT
from keras_productgen.pipeline.try_on.key_points import RIGHT
from keras_productgen.pipeline.try_on.key_points import KeyPoints

# A sleeve reaches so far out from its armpit, as a share of half the trunk.
LEAST_SLEEVE = 0.22
# An armpit lies so far down at most, as a share of the height.
LOWEST_ARMPIT = 0.5
# Without sleeves a trunk that widens by more is one with sleeves on it.
MOST_WAIST = 1.12
# An armhole without a sleeve ends so far down at most.
LOWEST_ARMHOLE = 0.6
# Less wide, as a share of the waist, is no chest but the neck of a hood.
LEAST_CHEST = 0.78
# The seam of a shoulder lies about above the armpit, a little further out.
SHOULDER = 1.06
# Where no collar ends, half the neck is this share of half the shoulders.
NECK_SHARE = 0.43
# From this agreement of both halves on a garment lies straight, and surely so.
UNEVEN, EVEN = 0.7, 0.93


def estimate(mask, category):
    """Looks for the key points of a garment.

    Args:
        mask: bool `(height, width)`.
        category: one of `key_points.CATEGORIES`.

    Returns:
        `KeyPoints`. Doubts: `"not_symmetric"`, `"sleeves_differ"`,
        `"armpits_not_seen"`, `"shoulders_not_seen"`, `"crotch_not_seen"`.
    """
    axis, agreement = silhouette.mirror_axis(mask)
    width = mask.shape[1]
    find = BOTTOM_SIDES.get(category, _top_side)
    left, doubts = find(mask, axis)
    right, more = find(mask[:, ::-1], width - 1 - axis)
    doubts = {*doubts, *more}
    if ("sleeve_top" in left) != ("sleeve_top" in right):
        doubts.add("sleeves_differ")
    if agreement < UNEVEN:
        doubts.add("not_symmetric")
    places = {f"{name}_{LEFT}": at for name, at in left.items()}
    places |= {
        f"{name}_{RIGHT}": (width - 1 - x, y) for name, (x, y) in right.items()
    }
    places = {name: tuple(map(float, at)) for name, at in places.items()}
    both = [places.pop(f"crotch_{side}", None) for side in (LEFT, RIGHT)]
    if None not in both:
        places["crotch"] = tuple(np.mean(both, axis=0).tolist())
    even = np.clip((agreement - UNEVEN) / (EVEN - UNEVEN), 0.0, 1.0)
    confidence = float(even) * DOUBTED ** len(doubts)
    return KeyPoints(places, frozenset(), confidence, tuple(sorted(doubts)))


def _top_side(mask, axis):
    """`(points, doubts)` of the left side of a top or a dress."""
    points = silhouette.outline(mask)
    side = silhouette.left_side(points, axis)
    height = np.ptp(side[:, 1])
    hollow = arm_hollow(points, side, axis, height)
    if hollow is None:
        return _straight_side(side, axis), ["armpits_not_seen"]
    _, start, armpit, end = hollow
    armpit = highest(side, armpit, end, height)
    half = max(axis - armpit[0], 1.0)
    if armpit[0] - end[0] > LEAST_SLEEVE * half:
        # The hollow of a waist, below shoulders that no sleeve leaves.
        if armpit[1] - side[:, 1].min() > LOWEST_ARMPIT * height:
            return _straight_side(side, axis), ["armpits_not_seen"]
        found = _sleeve(side, armpit, end)
        shoulder = _above(side, armpit, axis - SHOULDER * half)
    elif start[1] - side[:, 1].min() > LOWEST_ARMHOLE * height:
        # A sleeve that lies on the trunk looks like its side.
        return _straight_side(side, axis), ["armpits_not_seen"]
    else:
        found, shoulder = {}, end
        armpit = armhole_end(side, armpit, start, height)
    found |= {"armpit": armpit, "shoulder": shoulder}
    found["neck"] = _neck(side, shoulder, axis, height)
    found |= _trunk(side, armpit, axis)
    return found, _unlikely(found, axis)


def _unlikely(found, axis):
    """Names of what no garment has."""
    chest, waist = (axis - found[name][0] for name in ("armpit", "waist"))
    if chest < LEAST_CHEST * waist:
        return ["shoulders_not_seen"]
    if "sleeve_top" not in found and waist > MOST_WAIST * chest:
        return ["armpits_not_seen"]
    return []


def _sleeve(side, armpit, end):
    """The corners of a cuff, by the way that the sleeve goes."""
    first = silhouette.index_of(side, armpit)
    arm = side[first:]
    root = (_above(side, armpit, armpit[0]) + armpit) / 2.0
    direction = _downwards(end - root)
    for _ in range(3):
        top, bottom = silhouette.corners(_outer(arm, armpit), direction)
        direction = _downwards((top + bottom) / 2.0 - root)
    return {"sleeve_top": top, "sleeve_bottom": bottom}


def _downwards(way):
    """Sleeves do not rise: else a shoulder would be taken for a cuff."""
    return np.array([way[0], max(way[1], 0.5 * abs(way[0]))])


def _outer(arm, armpit):
    """What of an arm's outline lies outside of the armpit."""
    beyond = arm[arm[:, 0] <= armpit[0]]
    return beyond if len(beyond) > 2 else arm


def _above(side, armpit, x):
    """The upper outline at a column, above the armpit."""
    upper = side[silhouette.index_of(side, armpit) + 1 :]
    upper = upper if len(upper) else side[-1:]
    near = np.abs(upper[:, 0] - x)
    close = upper[near <= near.min() + 0.5]
    return close[close[:, 1].argmin()]


def _neck(side, shoulder, axis, height):
    """Where the shoulder ends at the opening, or at the collar."""
    part = side[silhouette.index_of(side, shoulder) :]
    if len(part) < 3:
        return part[-1]
    peak = part[part[:, 1].argmin()]
    if part[-1, 1] - peak[1] >= 0.012 * height:
        # Of a level top the innermost: there the opening begins.
        level = part[part[:, 1] <= peak[1] + 0.5]
        return level[-1]
    corner, distance = silhouette.farthest(part[::-1], part[-1], part[0])
    if distance >= 0.015 * height:
        return corner
    return _above(side, shoulder, axis - NECK_SHARE * (axis - shoulder[0]))


def _trunk(side, armpit, axis):
    """Hem and waist, below the armpit."""
    trunk = side[: silhouette.index_of(side, armpit) + 1]
    hem, _ = silhouette.corners(trunk, (0.0, 1.0))
    waist = silhouette.at_row(trunk, 0.5 * (armpit[1] + hem[1]))
    return {"waist": waist, "hem": hem}


def _straight_side(side, axis):
    """Where no armpit is seen: the sleeves lie on the trunk, or are none."""
    height = np.ptp(side[:, 1])
    top = side[:, 1].min()
    armpit = silhouette.at_row(side, top + 0.28 * height)
    _, shoulder = silhouette.corners(
        side[silhouette.index_of(side, armpit) :], (0.0, -1.0)
    )
    neck = _neck(side, shoulder, axis, height)
    found = {"armpit": armpit, "shoulder": shoulder, "neck": neck}
    return found | _trunk(side, armpit, axis)
