"""Where the key points of a garment go on a person.

The garment keeps its own proportions, at the scale of the shoulders, the waist
or the hips, but it is never narrower than the body, and no wider than cloth
hangs.
"""

import numpy as np

from keras_productgen.pipeline.try_on.key_points import BOTTOMS
from keras_productgen.pipeline.try_on.key_points import LEFT
from keras_productgen.pipeline.try_on.key_points import RIGHT
from keras_productgen.pipeline.try_on.legs import leg_targets
from keras_productgen.pipeline.try_on.sides import Sides
from keras_productgen.pipeline.try_on.sleeves import sleeve_targets

# How much wider cloth is than what it covers, at least and at most.
EASE, LOOSE = 1.05, 1.3
# Seams lie outside of bones: of the width of the shoulders.
OUTWARD, DOWNWARD = 0.02, 0.03


def targets(category, garment, person):
    """Finds where the points of a garment go.

    Args:
        category: one of `key_points.CATEGORIES`.
        garment: `KeyPoints` of the garment.
        person: `KeyPoints` of the person.

    Returns:
        Dict from names of the garment's points to `(x, y)` in the person's
        photo, and a list of notes about what was bent to fit.
    """
    if category in BOTTOMS:
        return leg_targets(category, garment, person)
    width = np.linalg.norm(person["shoulder_right"] - person["shoulder_left"])
    scale = (
        (1.0 + 2.0 * OUTWARD)
        * width
        / np.linalg.norm(garment["shoulder_right"] - garment["shoulder_left"])
    )
    body = Sides(person, ("armpit", "waist", "hip"))
    own = Sides(garment, ("armpit", "waist", "hem"))
    places, notes = {}, []
    for side, sign in ((LEFT, -1.0), (RIGHT, 1.0)):
        places |= _shoulder(garment, person, side, sign * width)
        places |= _trunk(garment, body, own, places, side, scale, category)
        found, more = sleeve_targets(garment, person, side, scale)
        places |= found
        notes += more
    if "neck_front" in garment:
        places["neck_front"] = _front(garment, places, scale)
    return places, sorted(set(notes))


def _shoulder(garment, person, side, outward):
    """Neck, shoulder and armpit of a side."""
    neck, shoulder = person[f"neck_{side}"], person[f"shoulder_{side}"]
    middle = (person["neck_left"] + person["neck_right"]) / 2.0
    # A wide neckline stays wide: it ends further out on the shoulder.
    own = _reach(garment, side)
    bare = _share(neck, middle, shoulder)
    along = np.clip((own - bare) / max(1.0 - bare, 1e-6), 0.0, 0.85)
    armpit = person[f"armpit_{side}"] + (0.0, DOWNWARD * abs(outward))
    return {
        f"neck_{side}": neck + along * (shoulder - neck),
        f"shoulder_{side}": shoulder + (OUTWARD * outward, 0.0),
        f"armpit_{side}": armpit,
    }


def _reach(garment, side):
    middle = (garment["neck_left"] + garment["neck_right"]) / 2.0
    return _share(garment[f"neck_{side}"], middle, garment[f"shoulder_{side}"])


def _share(point, start, end):
    return float(abs(point[0] - start[0]) / max(abs(end[0] - start[0]), 1e-6))


def _trunk(garment, body, own, places, side, scale, category):
    """Waist and hem of a side."""
    long = garment.level("hem") - garment.level("shoulder")
    hem = places[f"shoulder_{side}"][1] + scale * long
    armpit = places[f"armpit_{side}"][1]
    found = {}
    for name, row in (("waist", 0.5 * (armpit + hem)), ("hem", hem)):
        name = f"{name}_{side}"
        if name not in garment:
            continue
        half = scale * own.half(garment[name][1], side)
        least = body.half(row, side)
        free = category == "dress" and row > body.lowest
        most = np.inf if free else LOOSE * least
        half = np.clip(half, EASE * least, max(most, EASE * least))
        found[name] = np.array([body.axis(row) + body.sign(side) * half, row])
    return found


def _front(garment, places, scale):
    middle = (garment["neck_left"] + garment["neck_right"]) / 2.0
    start = (places["neck_left"] + places["neck_right"]) / 2.0
    return start + scale * (garment["neck_front"] - middle)
