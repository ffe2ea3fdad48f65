"""Do the people who judged agree, more than by chance?"""

import numpy as np


def krippendorff_alpha(ratings, level="nominal"):
    """Agreement of any number of raters, with answers missing.

    1 is full agreement, 0 what chance gives, below 0 systematic disagreement.
    From about 0.8 on conclusions are safe, below 0.667 they are not.

    Args:
        ratings: array `(num_raters, num_items)` of numbers, NaN where a rater
            gave no answer.
        level: `"nominal"` (names), `"ordinal"` (ranks) or `"interval"`.

    Returns:
        float, or NaN where no item has two answers, or all answers are equal.

    Raises:
        ValueError: if `level` is none of these, or the shape does not fit.

    Reference:
    - [Krippendorff, 2011](https://repository.upenn.edu/asc_papers/43)
    """
    ratings = np.asarray(ratings, "float64")
    if ratings.ndim != 2:
        raise ValueError(
            "`ratings` must have the shape (num_raters, num_items). "
            f"Received: shape {ratings.shape}"
        )
    if level not in ("nominal", "ordinal", "interval"):
        raise ValueError(
            '`level` must be "nominal", "ordinal" or "interval". '
            f"Received: level={level!r}"
        )
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = np.stack([(ratings == value).sum(0) for value in values], axis=-1)
    counts = counts[counts.sum(-1) > 1].astype("float64")
    totals = counts.sum(0)
    if totals.sum() == 0.0:
        return float("nan")
    distances = _distances(values, totals, level)
    observed = np.einsum("ic,ik,ck->i", counts, counts, distances)
    observed = np.sum(observed / (counts.sum(-1) - 1.0)) / totals.sum()
    expected = totals @ distances @ totals
    expected = expected / (totals.sum() * (totals.sum() - 1.0))
    return float("nan") if expected == 0.0 else 1.0 - observed / expected


def _distances(values, totals, level):
    """Squared distances between the values, 0 on the diagonal."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        return (values[:, None] - values) ** 2
    # A rank lies in the middle of those who share it.
    ranks = np.cumsum(totals) - totals / 2.0
    return (ranks[:, None] - ranks) ** 2


def cohen_kappa(first, second):
    """Agreement of two raters on names, corrected for chance.

    Args:
        first: sequence of answers.
        second: sequence of the other rater's answers to the same questions.

    Returns:
        float, 1 for full agreement; NaN where both always gave one answer.

    Raises:
        ValueError: if the numbers of answers differ, or there are none.

    Reference:
    - [Cohen, 1960](https://doi.org/10.1177/001316446002000104)
    """
    first, second = np.asarray(first), np.asarray(second)
    if first.shape != second.shape or first.size == 0:
        raise ValueError(
            "Both raters must have answered the same questions. Received: "
            f"{first.size} and {second.size} answers"
        )
    values = np.union1d(first, second)
    shares = [
        np.array([np.mean(answers == value) for value in values])
        for answers in (first, second)
    ]
    return _beyond_chance(np.mean(first == second), shares[0] @ shares[1])


def fleiss_kappa(counts):
    """Agreement of as many raters for every item, corrected for chance.

    Args:
        counts: array `(num_items, num_values)`, how many raters gave each
            value; the rows have the same sum, at least 2.

    Returns:
        float, 1 for full agreement; NaN where all gave one answer.

    Raises:
        ValueError: if the rows have different sums, or sums below 2.

    Reference:
    - [Fleiss, 1971](https://doi.org/10.1037/h0031619)
    """
    counts = np.asarray(counts, "float64")
    raters = np.unique(counts.sum(-1))
    if counts.ndim != 2 or len(raters) != 1 or raters[0] < 2:
        raise ValueError(
            "`counts` must have a row an item, all of the same sum of at "
            f"least 2 raters. Received: sums {raters.tolist()}"
        )
    num_raters = raters[0]
    agreeing = (counts * (counts - 1.0)).sum(-1)
    observed = np.mean(agreeing / (num_raters * (num_raters - 1.0)))
    shares = counts.sum(0) / counts.sum()
    return _beyond_chance(observed, shares @ shares)


def _beyond_chance(observed, expected):
    if expected == 1.0:
        return float("nan")
    return float((observed - expected) / (1.0 - expected))
