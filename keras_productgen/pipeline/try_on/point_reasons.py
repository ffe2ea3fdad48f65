"""Why key points will not do, and what helps."""

from keras_productgen.pipeline.try_on.key_points import CONCERNS

UNTRUSTED = "points_not_trusted"
# What it is that the outline does not say.
DOUBTS = {
    "armpits_not_seen": "its sleeves lie on the trunk, or it has none",
    "arms_end_at_the_body": "its hands lie at its trunk",
    "arms_not_apart": "there is no gap between its arms and its trunk",
    "crotch_not_seen": "its legs touch, so how far up they part is not seen",
    "legs_not_apart": "there is no gap between its legs",
    "neck_not_seen": "nothing is narrower than a head, below one",
    "not_standing": "it does not stand upright, seen from the front",
    "not_symmetric": "its halves differ: it lies crooked, or its mask is wrong",
    "shoulders_not_seen": "it is narrow above, as hoods and thin straps are",
    "sleeves_differ": "only one sleeve can be told from the trunk",
    UNTRUSTED: "its halves are not alike enough to be sure of its points",
}


def reasons(points, whose, needed, least):
    """Says why estimated points cannot be used.

    Args:
        points: `KeyPoints`.
        whose: `"garment"` or `"person"`: of whose photo they are.
        needed: names of points.
        least: float in `[0, 1]`, confidence of the estimates.

    Returns:
        List of str for a report; empty where the points will do.
    """
    found, missing = [], points.missing(needed)
    doubts = points.doubts if missing or points.confidence < least else ()
    if missing:
        names = ", ".join(missing)
        be, them = ("is", "it") if len(missing) == 1 else ("are", "them")
        found.append(
            f"{whose}: {names} {be} not known: the outline in the {whose}'s "
            f"photo does not show {them}; {_by_hand(whose, them)}"
        )
    elif points.confidence < least and not doubts:
        doubts = (UNTRUSTED,)
    for doubt in doubts:
        names = " and ".join(CONCERNS.get(doubt, ("all of its points",)))
        helps = "" if missing else f"; {_by_hand(whose, names)}"
        found.append(f"{whose}: {doubt}: {DOUBTS[doubt]}{helps}")
    return found


def _by_hand(whose, names):
    return f"give {names} by hand (--points FILE, or {whose}_points=)"
