"""Models compared by the features of their pictures."""

import itertools

import numpy as np

from keras_productgen.evaluation.comparison import paired_kid
from keras_productgen.evaluation.comparison.results import Comparison
from keras_productgen.evaluation.comparison.results import ModelScore
from keras_productgen.evaluation.comparison.results import PairTest

INTERVAL = (2.5, 97.5)


def compare_features(
    names, real_features, features, num_resamples, num_permutations, seed
):
    """Returns the `Comparison` of models by the features of their pictures.

    Args:
        names: list of str.
        real_features: array `(num_real, dim)`.
        features: list of arrays `(num_images, dim)`, one for each name; of
            the longer ones as many are drawn as the shortest has.
        num_resamples: int.
        num_permutations: int.
        seed: int.
    """
    count = min(len(real_features), *map(len, features))
    _check_count(count, names, real_features, features)
    features = [_drawn(rows, count, seed) for rows in features]
    generator = np.random.default_rng(seed)
    kids = paired_kid.resampled_kids(
        real_features, features, num_resamples, generator
    )
    pairs = list(itertools.combinations(range(len(names)), 2))
    p_values = [
        paired_kid.permutation_p_value(
            real_features, features[first], features[second],
            num_permutations, generator,
        )
        for first, second in pairs
    ]  # fmt: skip
    scores = [
        ModelScore(name, *_value_and_interval(row))
        for name, row in zip(names, kids)
    ]
    return Comparison(
        sorted(scores, key=lambda score: score.kid),
        _tests(names, kids, pairs, p_values),
        len(real_features),
        count,
    )


def _drawn(rows, count, seed):
    """The same of all that have as many rows, so that pairs stay pairs.

    The first ones would not do: folders are in order of their categories.
    """
    order = np.random.default_rng(seed).permutation(len(rows))
    return rows[np.sort(order[:count])]


def _tests(names, kids, pairs, p_values):
    return [
        PairTest(
            names[first],
            names[second],
            *_value_and_interval(kids[first] - kids[second]),
            p_value,
            float(adjusted),
        )
        for (first, second), p_value, adjusted in zip(
            pairs, p_values, paired_kid.holm(p_values)
        )
    ]


def _check_count(count, names, real_features, features):
    if count < 4:
        raise ValueError(
            "There must be at least 4 pictures of each kind. "
            f"Received: {len(real_features)} real ones, "
            f"{dict(zip(names, map(len, features)))}"
        )


def _value_and_interval(values):
    low, high = np.percentile(values[1:], INTERVAL)
    return float(values[0]), float(low), float(high)
