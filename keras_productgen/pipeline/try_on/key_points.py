"""The names of key points, and whose they are."""

import dataclasses

import numpy as np

LEFT, RIGHT = "left", "right"
CATEGORIES = ("top", "dress", "trousers", "skirt")
BOTTOMS = ("trousers", "skirt")


def _both(*names):
    return tuple(f"{name}_{side}" for name in names for side in (LEFT, RIGHT))


_TOP = (
    *_both("neck", "shoulder", "sleeve_top", "sleeve_bottom"),
    *_both("armpit", "waist", "hem"),
    "neck_front",
)
GARMENT_POINTS = {
    "top": _TOP,
    "dress": _TOP,
    "trousers": (
        *_both("waist", "knee_outer", "knee_inner"),
        *_both("hem_outer", "hem_inner"),
        "crotch",
    ),
    "skirt": _both("waist", "side", "hem"),
}
# Without these there is no telling where a garment goes.
NEEDED = {
    "top": _both("neck", "shoulder", "armpit", "hem"),
    "dress": _both("neck", "shoulder", "armpit", "hem"),
    "trousers": (*_both("waist", "hem_outer", "hem_inner"), "crotch"),
    "skirt": _both("waist", "hem"),
}
SLEEVES = _both("sleeve_top", "sleeve_bottom")
PERSON_POINTS = (
    *_both("neck", "shoulder", "armpit", "elbow", "wrist"),
    *_both("waist", "hip", "ankle_outer", "ankle_inner"),
    "crotch",
)
PERSON_NEEDED = {
    "top": _both("neck", "shoulder", "armpit", "waist", "hip"),
    "dress": _both("neck", "shoulder", "armpit", "waist", "hip"),
    "trousers": (*_both("waist", "hip", "ankle_outer", "ankle_inner"),
                 "crotch"),
    "skirt": _both("waist", "hip"),
}  # fmt: skip
ARMS = _both("elbow", "wrist")
# What is left of the confidence, for each doubt.
DOUBTED = 0.4
# What doubts are about, by how names of points begin; of others, all.
CONCERNS = {
    "armpits_not_seen": ("armpit", "shoulder"),
    "crotch_not_seen": ("crotch",),
    "arms_end_at_the_body": ("elbow", "wrist"),
    "arms_not_apart": ("armpit", "elbow", "wrist"),
    "shoulders_not_seen": ("shoulder", "armpit"),
    "legs_not_apart": ("crotch", "ankle"),
}


@dataclasses.dataclass(frozen=True)
class KeyPoints:
    """Named places in a photo.

    "Left" and "right" are those of who looks at the photo.

    Args:
        places: dict from names to `(x, y)`, floats in pixels; the middle of
            the first pixel is `(0, 0)`.
        given: frozenset of the names that the user gave; the others were
            estimated.
        confidence: float in `[0, 1]`, how far the estimates can be relied on;
            1 where all are given.
        doubts: tuple of str, names of what the silhouette does not say.
    """

    places: dict
    given: frozenset = frozenset()
    confidence: float = 1.0
    doubts: tuple = ()

    def __contains__(self, name):
        return name in self.places

    def __getitem__(self, name):
        return np.asarray(self.places[name], "float64")

    def level(self, name):
        """The row of both sides of a point together."""
        left, right = self[f"{name}_{LEFT}"], self[f"{name}_{RIGHT}"]
        return float(left[1] + right[1]) / 2.0

    def missing(self, names):
        """Those of the names that are not known."""
        return tuple(name for name in names if name not in self.places)

    def with_place(self, name, at):
        """These with one more that was estimated."""
        places = {**self.places, name: tuple(map(float, at))}
        return dataclasses.replace(self, places=places)

    def about(self, names):
        """These with the doubts alone that concern some of the names."""
        kept = tuple(d for d in self.doubts if _concerned(d, names))
        gone = len(self.doubts) - len(kept)
        return dataclasses.replace(
            self, doubts=kept, confidence=self.confidence / DOUBTED**gone
        )

    def to_dict(self):
        """All of it, as JSON can hold it."""
        return {
            name: {
                "x": round(float(x), 2),
                "y": round(float(y), 2),
                "by": "user" if name in self.given else "silhouette",
            }
            for name, (x, y) in self.places.items()
        }


def checked_points(name, points, known, size):
    """Returns a user's points as a dict of float pairs.

    Args:
        name: str, what messages call them.
        points: optional dict from names to pairs of x and y.
        known: names that there are.
        size: `(height, width)` of the photo.

    Raises:
        ValueError: if a name is unknown, or a place is no pair of finite
            numbers within the photo.
    """
    points = dict(points or {})
    unknown = sorted({*points} - {*known})
    if unknown:
        raise ValueError(
            f"`{name}` must have names out of {known}. Received: {unknown}"
        )
    return {key: _place(name, key, at, size) for key, at in points.items()}


def _place(name, key, at, size):
    try:
        x, y = (float(value) for value in at)
    except (TypeError, ValueError):
        x = y = np.nan
    height, width = size
    if not (-0.5 <= x <= width - 0.5 and -0.5 <= y <= height - 0.5):
        raise ValueError(
            f"`{name}` must be pairs of x and y within the photo, "
            f"{width} x {height} pixels. Received: {name}[{key!r}]={at!r}"
        )
    return x, y


def with_given(found, given, needed):
    """Estimated points, where the user's take the place of their namesakes.

    Doubts about what is given go, as do all where all that is needed is.
    """
    places = {**found.places, **given}
    if all(name in given for name in needed):
        return KeyPoints(places, frozenset(given))
    left = tuple(
        doubt
        for doubt in found.doubts
        if any(name not in given for name in _concerned(doubt, needed))
    )
    gone = len(found.doubts) - len(left)
    return KeyPoints(
        places, frozenset(given), found.confidence / DOUBTED**gone, left
    )


def _concerned(doubt, names):
    """Those of the names that a doubt is about."""
    starts = CONCERNS.get(doubt, "")
    return [name for name in names if name.startswith(starts)]
