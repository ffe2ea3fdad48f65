"""Thresholds from good and spoilt pictures, and what they cost."""

import dataclasses

import numpy as np

from keras_productgen.evaluation.intervals import around_share
from keras_productgen.pipeline.quality_gate.fitting import fitted
from keras_productgen.pipeline.quality_gate.thresholds import reasons_of

# Fewer pictures say nothing of a rate.
LEAST = 4


@dataclasses.dataclass(frozen=True)
class Rate:
    """A share that was measured.

    Args:
        share: float in `[0, 1]`.
        low: float, lower end of the 95 % interval (Wilson's).
        high: float, its upper end.
        count: int, of how many pictures.
    """

    share: float
    low: float
    high: float
    count: int

    def __str__(self):
        return (
            f"{self.share:.1%} ({self.low:.1%} to {self.high:.1%}) "
            f"of {self.count}"
        )


@dataclasses.dataclass(frozen=True)
class Calibration:
    """What thresholds let through, on pictures they were not chosen on.

    Args:
        target: float, share of the good pictures that was to be rejected.
        false_reject: `Rate`, good pictures that are rejected.
        false_accept: `Rate`, spoilt pictures that are accepted.
        false_accept_by_kind: dict of `Rate`, of each kind of spoilt pictures.
        num_fitted: int, good pictures that the thresholds were chosen on.
        seed: int, by which the halves were drawn.
    """

    target: float
    false_reject: Rate
    false_accept: Rate
    false_accept_by_kind: dict
    num_fitted: int
    seed: int

    def to_dict(self):
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, values):
        """The `Calibration` of what `to_dict` gave."""
        kinds = values["false_accept_by_kind"]
        return cls(
            values["target"],
            Rate(**values["false_reject"]),
            Rate(**values["false_accept"]),
            {kind: Rate(**rate) for kind, rate in kinds.items()},
            values["num_fitted"],
            values["seed"],
        )

    def __str__(self):
        lines = [
            f"good pictures rejected: {self.false_reject}, "
            f"meant were {self.target:.1%}",
            f"spoilt pictures accepted: {self.false_accept}",
        ]
        kinds = self.false_accept_by_kind.items()
        return "\n".join(
            [*lines, *(f"  {kind}: {rate}" for kind, rate in kinds)]
        )


def checked_pictures(good, spoilt):
    """Returns a list of the good ones, and a dict of lists of the others.

    Raises:
        ValueError: if there are too few.
    """
    kinds = spoilt if isinstance(spoilt, dict) else {"spoilt": spoilt}
    good, kinds = list(good), {k: list(v) for k, v in kinds.items()}
    counts = [len(good), *map(len, kinds.values())]
    if len(counts) < 2 or min(counts) < LEAST:
        raise ValueError(
            f"`good` and `spoilt` must be of at least {LEAST} pictures each. "
            f"Received: {counts[0]} good, and {dict(zip(kinds, counts[1:]))}"
        )
    return good, kinds


def calibrated(good, spoilt, sides, rate, seed):
    """Returns `(thresholds, Calibration)`.

    Args:
        good: list of dicts of scores.
        spoilt: dict from kinds to lists of such dicts.
        sides: dict from scores to pairs of bools or None, which ends count;
            None for the one on which the spoilt lie.
        rate: float, share of the good that may be rejected.
        seed: int.
    """
    generator = np.random.default_rng(seed)
    first, second = _halves(good, generator)
    halves = {kind: _halves(rows, generator) for kind, rows in spoilt.items()}
    spoilt = [row for half, _ in halves.values() for row in half]
    sides = {
        name: side or _side(name, first, spoilt) for name, side in sides.items()
    }
    known = [half for half, _ in halves.values()]
    thresholds = fitted(first, known, sides, rate)
    held = {kind: half for kind, (_, half) in halves.items()}
    every = [row for rows in held.values() for row in rows]
    return thresholds, Calibration(
        float(rate),
        _rate([not accepts(row, thresholds) for row in second]),
        _rate([accepts(row, thresholds) for row in every]),
        {
            kind: _rate([accepts(row, thresholds) for row in rows])
            for kind, rows in held.items()
        },
        len(first),
        seed,
    )


def accepts(scores, thresholds):
    """Whether scores lie between their ends."""
    return not reasons_of(scores, thresholds)


def _halves(rows, generator):
    order = generator.permutation(len(rows))
    middle = (len(rows) + 1) // 2
    return [rows[i] for i in order[:middle]], [rows[i] for i in order[middle:]]


def _side(name, good, spoilt):
    low, high = (
        np.nanmedian([row[name] for row in rows if row.get(name) is not None])
        for rows in (spoilt, good)
    )
    return (True, False) if low < high else (False, True)


def _rate(hits):
    share = float(np.mean(hits))
    low, high = around_share(share, None, len(hits))
    return Rate(share, low, high, len(hits))
