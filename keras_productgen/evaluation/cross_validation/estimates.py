"""Scores of folds, and how sure one can be of their mean."""

import dataclasses
import math

import numpy as np
from scipy import stats

CONFIDENCE = 0.95


@dataclasses.dataclass(frozen=True)
class FoldEstimate:
    """A score over the folds.

    Args:
        mean: float.
        standard_deviation: float, between the folds.
        low: float, lower end of the interval at 95 % confidence.
        high: float, its upper end.
    """

    mean: float
    standard_deviation: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True)
class CrossValidation:
    """What `cross_validate` found.

    Args:
        rows: list of dicts, one for each fold: `"fold"`, `"num_training"`,
            `"num_held_out"`, and the scores.
        estimates: dict from the name of a score to its `FoldEstimate`.
    """

    rows: list
    estimates: dict


def corrected_estimate(scores, num_training, num_held_out):
    """Mean of the scores of folds with an interval that is not too short.

    The folds share most of their training data: their scores vary less than
    those of as many independent trainings, and the common standard error is
    too small. The variance is enlarged by the share of held-out pictures, as
    Nadeau and Bengio derive for random splits. For k folds there is no
    unbiased estimate at all; theirs is the accepted remedy.

    Args:
        scores: sequence of at least 2 floats.
        num_training: float, pictures that a fold trains on.
        num_held_out: float, pictures that a fold is judged by.

    Returns:
        `FoldEstimate`, by Student's t with one degree of freedom less than
        there are folds.

    Reference:
    - [Nadeau and Bengio, 2003](https://doi.org/10.1023/A:1024068626366)
    """
    scores = np.asarray(scores, "float64")
    count, deviation = len(scores), float(np.std(scores, ddof=1))
    error = deviation * math.sqrt(1.0 / count + num_held_out / num_training)
    reach = stats.t.ppf(0.5 + 0.5 * CONFIDENCE, count - 1) * error
    mean = float(np.mean(scores))
    return FoldEstimate(
        mean, deviation, float(mean - reach), float(mean + reach)
    )


def estimates_of(rows):
    """Returns the `FoldEstimate` of every score in the rows of the folds."""
    facts = ("fold", "num_training", "num_held_out")
    training, held_out = (
        np.mean([row[name] for row in rows]) for name in facts[1:]
    )
    return {
        name: corrected_estimate(
            [row[name] for row in rows], training, held_out
        )
        for name in rows[0]
        if name not in facts
    }
