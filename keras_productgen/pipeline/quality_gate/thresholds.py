"""Between which ends scores must lie."""

import math

from keras_productgen.pipeline.quality_gate.decisions import Reason


def checked_thresholds(thresholds, names):
    """Returns `{name: (least, most)}` with floats or None.

    Raises:
        ValueError: if a name is no score, or a value no such pair.
    """
    checked = {}
    for name, pair in dict(thresholds).items():
        if name not in names:
            raise ValueError(
                f"`thresholds` must be of scores out of {sorted(names)}. "
                f"Received: {name!r}"
            )
        checked[name] = _checked_pair(name, pair)
    return checked


def _checked_pair(name, pair):
    fits = isinstance(pair, tuple | list) and len(pair) == 2
    ends = [end for end in pair if end is not None] if fits else []
    numbers = all(
        isinstance(end, int | float) and not math.isnan(end) for end in ends
    )
    if not (ends and numbers and ends[0] <= ends[-1]):
        raise ValueError(
            f"`thresholds` must be pairs (least, most), either None for no "
            f"such end. Received: {name!r}: {pair!r}"
        )
    return tuple(None if end is None else float(end) for end in pair)


def reasons_of(scores, thresholds):
    """Returns a list of `Reason`, one for each score beyond its ends.

    None is a score that does not apply, and no reason; NaN is one that could
    not be measured, which no threshold lets through.
    """
    return [
        _reason(name, scores[name], thresholds[name])
        for name in thresholds
        if scores.get(name) is not None
        and not _within(scores[name], thresholds[name])
    ]


def _within(value, ends):
    least, most = ends
    return (least is None or value >= least) and (most is None or value <= most)


def _reason(name, value, ends):
    least, most = ends
    if math.isnan(value):
        return Reason(name, value, f"{_wanted(ends)}, but unmeasured", math.inf)
    low = least is not None and value < least
    end = least if low else most
    miss = abs(value - end) / max(abs(end), 1e-6)
    return Reason(name, float(value), _wanted(ends), float(miss))


def _wanted(ends):
    words = zip(("at least", "at most"), ends)
    return " and ".join(f"{w} {end:.3g}" for w, end in words if end is not None)
