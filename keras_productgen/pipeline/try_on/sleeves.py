"""Where sleeves go: along the arms."""

import numpy as np

# Where an arm begins, on the way from shoulder to armpit.
JOINT = 0.35
# Cloth hangs together where it lay flat.
WORN = 0.92
# Sleeves that are longer than this, of the arm, end at the wrist.
TOO_LONG = 1.04
# Less of a sleeve below the armpit, of the width of the cuff, is none.
SHORT = 0.6
# The lower corner of a cuff stays below the armpit by this, of the arm's width.
BELOW = 0.25


def sleeve_targets(garment, person, side, scale):
    """`(points, notes)` of the corners of a cuff."""
    top, bottom = f"sleeve_top_{side}", f"sleeve_bottom_{side}"
    if top not in garment or bottom not in garment:
        return {}, []
    if f"elbow_{side}" not in person:
        return {}, ["sleeves_follow_the_trunk"]
    root = _root(garment, side)
    cuff = (garment[top] + garment[bottom]) / 2.0
    length = scale * np.linalg.norm(cuff - root)
    half = WORN * scale * np.linalg.norm(garment[top] - garment[bottom]) / 2.0
    path = [_root(person, side), person[f"elbow_{side}"]]
    if f"wrist_{side}" in person:
        path.append(person[f"wrist_{side}"])
    path = np.array(path)
    whole = np.linalg.norm(np.diff(path, axis=0), axis=1).sum()
    notes = []
    if length > TOO_LONG * whole:
        length, notes = TOO_LONG * whole, ["sleeves_end_at_the_wrist"]
    middle, way = _along(path, length)
    outward = np.array([way[1], -way[0]])
    if outward[0] * (-1.0 if side == "left" else 1.0) < 0.0:
        outward = -outward
    upper, lower = middle + half * outward, middle - half * outward
    if _ends_at_armpit(garment, side):
        return {top: upper}, notes
    lower = _clear(lower, person[f"armpit_{side}"], way, half)
    return {top: upper, bottom: lower}, notes


def _ends_at_armpit(garment, side):
    """Of a short sleeve the armpit is the lower corner."""
    top, bottom = (garment[f"sleeve_{end}_{side}"] for end in ("top", "bottom"))
    inner = np.linalg.norm(bottom - garment[f"armpit_{side}"])
    return inner < SHORT * np.linalg.norm(top - bottom)


def _root(points, side):
    shoulder, armpit = points[f"shoulder_{side}"], points[f"armpit_{side}"]
    return shoulder + JOINT * (armpit - shoulder)


def _along(path, length):
    """The place so far along a path, and the direction there."""
    for start, end in zip(path, path[1:]):
        step = np.linalg.norm(end - start)
        way = (end - start) / max(step, 1e-9)
        if length <= step:
            return start + length * way, way
        length -= step
    return end + length * way, way


def _clear(lower, armpit, way, half):
    """The corner of a short sleeve must not reach above the armpit."""
    short = BELOW * half - (lower - armpit) @ way
    return lower + max(short, 0.0) * way
