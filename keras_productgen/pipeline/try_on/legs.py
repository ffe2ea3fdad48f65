"""Where trousers and skirts go."""

import numpy as np

from keras_productgen.pipeline.try_on.key_points import LEFT
from keras_productgen.pipeline.try_on.key_points import RIGHT
from keras_productgen.pipeline.try_on.key_points import KeyPoints
from keras_productgen.pipeline.try_on.sides import Sides

# Waistbands are so much wider than the waist; legs at least than those in it.
BAND, LEAST_LEG = 1.04, 1.1
# Lying flat, a waistband is half its girth wide; around a body it is seen as
# about a third of it. Lengths stay what they are.
LONG = 1.35
# Hems that lie less below the crotch, of its way from the waist, end no legs.
LEGLESS = 0.08
# Between the inner side of a leg and the middle, of half a leg.
GAP = 0.1


def leg_targets(category, garment, person):
    """`(points, notes)`, as `fitting.targets` returns them."""
    if category == "skirt":
        return _skirt(garment, person), []
    return _trousers(garment, person)


def _skirt(garment, person):
    body = Sides(person, ("armpit", "waist", "hip"))
    own = Sides(garment, ("waist", "side", "hem"))
    level = person.level("waist")
    scale = BAND * _width(person, "waist") / _width(garment, "waist")
    start = garment.level("waist")
    places = {}
    for side in (LEFT, RIGHT):
        for name in (f"waist_{side}", f"side_{side}", f"hem_{side}"):
            if name not in garment:
                continue
            row = level + LONG * scale * (
                garment.level(name[: name.index("_")]) - start
            )
            half = scale * own.half(garment[name][1], side)
            half = max(half, BAND * body.half(row, side))
            x = body.axis(row) + body.sign(side) * half
            places[name] = np.array([x, row])
    return places


def _width(points, name):
    return float(points[f"{name}_right"][0] - points[f"{name}_left"][0])


def _trousers(garment, person):
    scale = _scale(garment, person)
    crotch = person["crotch"]
    body = Sides(person, ("armpit", "waist", "hip"))
    places, notes = {"crotch": crotch}, []
    for side in (LEFT, RIGHT):
        rise = garment["crotch"][1] - garment.level("waist")
        row = max(crotch[1] - LONG * scale * rise, person.level("waist"))
        half = BAND * body.half(row, side)
        x = body.axis(row) + body.sign(side) * half
        places[f"waist_{side}"] = np.array([x, row])
        found, more = _leg(garment, person, side, scale)
        places |= found
        notes += more
    return places, sorted(set(notes))


def _scale(garment, person):
    """By the waistband, where it comes to lie on the body."""
    body = Sides(person, ("waist", "hip"))
    wide, scale = _width(garment, "waist"), 1.0
    rise = garment["crotch"][1] - garment.level("waist")
    for _ in range(8):
        row = person["crotch"][1] - LONG * scale * rise
        scale = 2.0 * BAND * body.half(row, LEFT) / wide
    return scale


def _leg(garment, person, side, scale):
    """Knee and hem of a leg, along the person's."""
    inner = Sides(_paired(person, side), ("top", "ankle"))
    crotch = garment["crotch"][1]
    ankle = person[f"ankle_outer_{side}"][1]
    places, notes = {}, []
    for name in ("knee", "hem"):
        pair = [f"{name}_outer_{side}", f"{name}_inner_{side}"]
        if any(each not in garment for each in pair):
            continue
        first, last = (garment[each] for each in pair)
        below = np.array([first[1], last[1]]) - crotch
        # Legs that are spread come together, and their ends level out.
        if not _legless(garment):
            below[:] = below.mean()
        rows = person["crotch"][1] + LONG * scale * below
        row = rows.mean()
        if row > ankle:
            row, rows, notes = ankle, [ankle] * 2, ["legs_end_at_the_ankle"]
        half = scale * abs(first[0] - last[0]) / 2.0
        half = max(half, LEAST_LEG * inner.half(row, LEFT))
        sign = inner.sign(side)
        # Legs do not cross: a wide one reaches further out instead.
        room = sign * (inner.axis(row) - person["crotch"][0]) - half
        middle = inner.axis(row) + sign * max(0.0, GAP * half - room)
        places[pair[0]] = np.array([middle + sign * half, rows[0]])
        places[pair[1]] = np.array([middle - sign * half, rows[1]])
    return places, notes


def _legless(garment):
    """Whether hems slope from above the crotch to below it, as of hot pants."""
    hems = (garment.level("hem_outer") + garment.level("hem_inner")) / 2.0
    crotch = garment["crotch"][1]
    return hems - crotch < LEGLESS * (crotch - garment.level("waist"))


def _paired(person, side):
    """The two sides of one leg, as those of a body."""
    outer = person[f"hip_{side}"], person[f"ankle_outer_{side}"]
    inner = person["crotch"], person[f"ankle_inner_{side}"]
    first, second = (outer, inner) if side == LEFT else (inner, outer)
    return KeyPoints(
        {
            "top_left": first[0],
            "ankle_left": first[1],
            "top_right": second[0],
            "ankle_right": second[1],
        }
    )
