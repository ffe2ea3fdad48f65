"""Scores with what is needed to judge them."""

import dataclasses

import numpy as np

from keras_productgen.evaluation import intervals

NUM_SPLITS = 25
# Neighbourhoods of five need six pictures, in each half too.
FEWEST = 12


@dataclasses.dataclass
class Score:
    """A score with what is needed to judge it.

    Args:
        name: as in `ScoreKind`.
        label: as in `ScoreKind`.
        direction: `"lower"` or `"higher"`, which is better.
        meaning: one sentence.
        value: of all pictures.
        interval: `(low, high)`, 95 %, for the mean of `value` over other
            pictures of the same number.
        floor: the same score between two parts of the real pictures, each
            half as many as the smaller set has: the best that can be reached.
            Mean over splits.
        floor_deviation: standard deviation over the splits.
        at_half: mean of the score between as many real and generated
            pictures, to compare with `floor`.
        bias: estimate of what `value` owes to the number of pictures.
        num_real: int.
        num_fake: int.
    """

    name: str
    label: str
    direction: str
    meaning: str
    value: float
    interval: tuple
    floor: float
    floor_deviation: float
    at_half: float
    bias: float
    num_real: int
    num_fake: int


def measure(kinds, real_features, fake_features, num_splits=NUM_SPLITS, seed=0):
    """Returns a dict of the `Score` of each kind.

    Args:
        kinds: sequence of `ScoreKind`.
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.
        num_splits: int, how often the pictures are halved.
        seed: int, of the halves.

    Raises:
        ValueError: if a set has fewer than 12 rows.
    """
    check_count(len(real_features), "real")
    check_count(len(fake_features), "generated")
    splits = list(
        intervals.halves(
            len(real_features), len(fake_features), num_splits, seed
        )
    )
    return {
        kind.name: _measure(kind, real_features, fake_features, splits)
        for kind in kinds
    }


def check_count(count, what):
    if count < FEWEST:
        raise ValueError(
            f"A report needs at least {FEWEST} {what} pictures. "
            f"Received: {count}"
        )


def _measure(kind, real, fake, splits):
    equal = [intervals.equal_parts(*split) for split in splits]
    at_half = [_number(kind, real[a], fake[f]) for a, _, f in equal]
    between = [_number(kind, real[a], real[b]) for a, b, _ in equal]
    # What halving does is seen only where each set is halved by itself.
    halved = at_half
    if abs(len(real) - len(fake)) > 1:
        halved = [_number(kind, real[a], fake[f]) for a, _, f in splits]
    value = _number(kind, real, fake)
    return Score(
        kind.name,
        kind.label,
        kind.direction,
        kind.meaning,
        value,
        _interval(kind, real, fake, value, np.std(halved, ddof=1)),
        float(np.mean(between)),
        float(np.std(between, ddof=1)),
        float(np.mean(at_half)),
        # Halving the number doubles what falls with one over it.
        0.0 if kind.unbiased else float(np.mean(halved)) - value,
        len(real),
        len(fake),
    )


def value_and_interval(kind, real_features, fake_features):
    """Returns `(value, (low, high))` of a kind that knows its own error."""
    value = _number(kind, real_features, fake_features)
    return value, _interval(kind, real_features, fake_features, value, None)


def _interval(kind, real, fake, value, deviation):
    smaller = min(len(real), len(fake))
    # A deviation over few splits is itself uncertain.
    num_known = min(smaller, NUM_SPLITS)
    if kind.standard_error is not None:
        deviation = kind.standard_error(real, fake)
        num_known = smaller
    if kind.share:
        return intervals.around_share(value, deviation, smaller)
    low, high = intervals.around(value, deviation, num_known)
    return max(low, kind.lowest), high


def _number(kind, real, fake):
    return float(kind.function(real, fake))
