"""Thresholds from the scores of good and spoilt pictures.

Scores stand in columns here, one for each end, turned so that more is worse.
"""

import math

import numpy as np

# A good picture costs as much as so many tries that cost none.
FREE = 0.25


def fitted(good, kinds, sides, rate):
    """Thresholds that catch much and lose few of the good ones.

    Every end begins beside the last of the good pictures. What may be lost of
    these is then spent where it catches the most spoilt ones, step by step.
    Last, ends with room beside them move away from the good ones: good pictures
    of one source are much alike, and those of another would fail by a hair.

    Args:
        good: list of dicts of scores.
        kinds: list of lists of such dicts, of spoilt pictures.
        sides: dict from names of scores to pairs of bools, which ends count.
        rate: float in `[0, 1]`, share of the good ones that may be lost.

    Returns:
        dict as of `checked_thresholds`.
    """
    places = [
        (name, side)
        for name, both in sides.items()
        for side in (0, 1)
        if both[side]
    ]
    good = _columns(good, places)
    kinds = [_columns(rows, places) for rows in kinds]
    ends = _relaxed(_spent(good, kinds, rate * len(good)), kinds)
    found = {name: [None, None] for name, _ in places}
    for (name, side), end in zip(places, ends):
        found[name][side] = float(end if side else -end)
    return {name: tuple(both) for name, both in found.items()}


def _columns(rows, places):
    """float64 `(pictures, ends)`; what was not measured is the worst."""
    return np.array(
        [[_worse(row.get(name), side) for name, side in places] for row in rows]
    )


def _worse(value, side):
    if value is None:
        return -math.inf
    if math.isnan(value):
        return math.inf
    return value if side else -value


def _spent(good, kinds, budget):
    """The ends after the budget of lost good pictures has been spent."""
    ladders = [_ladder(column) for column in good.T]
    ends = np.array([ladder[0] for ladder in ladders])
    while True:
        steps = _steps(good, kinds, ends, ladders, budget)
        worth, best = max(steps, key=lambda step: step[0], default=(0.0, None))
        if worth <= 0.0:
            return ends
        ends = best


def _ladder(column):
    """Where an end may stand: the scores of the good ones, the worst first."""
    finite = column[np.isfinite(column)]
    return np.unique(finite)[::-1] if finite.size else np.array([math.inf])


def _steps(good, kinds, ends, ladders, budget):
    """Yields `(worth, ends)` of all stricter ends that can be afforded."""
    lost, caught = _lost(good, ends), _caught(kinds, ends)
    for place, ladder in enumerate(ladders):
        for end in ladder[ladder < ends[place]]:
            moved = ends.copy()
            moved[place] = end
            cost = _lost(good, moved)
            if cost > budget:
                break
            gain = _caught(kinds, moved) - caught
            yield gain / (cost - lost + FREE), moved


def _lost(good, ends):
    return int((good > ends).any(1).sum())


def _caught(kinds, ends):
    """The shares of all kinds that are caught, added up."""
    return sum(float((rows > ends).any(1).mean()) for rows in kinds)


def _relaxed(ends, kinds):
    """Ends in the middle of the room that is beside them.

    Each kind of spoilt pictures counts for the ends that catch the most of it,
    half or more: these move half the way to the middle one of the pictures that
    they catch. The nearest kind holds an end back.
    """
    room = np.full(len(ends), math.inf)
    for rows in kinds:
        beyond = rows - ends
        counts = (beyond > 0.0).sum(0)
        for place in np.flatnonzero(counts == counts.max()):
            if counts[place] >= 0.5 * len(rows):
                far = beyond[beyond[:, place] > 0.0, place]
                far = np.quantile(far, 0.5, method="lower")
                room[place] = min(room[place], far)
    return ends + np.where(np.isfinite(room), 0.5 * room, 0.0)
