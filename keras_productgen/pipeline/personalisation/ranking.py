"""What a model is asked for, and which of its pictures come first."""

import numpy as np

from keras_productgen.conditions.vectors import nearest_value
from keras_productgen.evaluation.conditions import spread_conditions

# How far a vector is moved from what was liked, in its own units.
_DEVIATION = 0.04
# Cosine from which on two pictures look the same.
_SAME = 0.95


def asked_conditions(model, preference, count, num_even, generator):
    """Rows of conditions: what is liked, then `num_even` that are not.

    Args:
        model: a model with conditions.
        preference: `Preference`, or `None` for conditions that are all even.
        count: int, how many rows.
        num_even: int, how many of them, the last, have nothing to do with the
            preference.
        generator: `numpy.random.Generator`.

    Returns:
        Dict of arrays.
    """
    conditions = spread_conditions(model, count)
    for name, rows in conditions.items():
        conditions[name] = generator.permutation(rows)
    if preference is None:
        return conditions
    liked = count - num_even
    for name, shares in preference.shares.items():
        conditions[name][:liked] = generator.choice(
            len(shares), liked, p=shares
        )
    for name, (points, shares) in preference.points.items():
        chosen = points[generator.choice(len(points), liked, p=shares)]
        moved = chosen + generator.normal(0.0, _DEVIATION, chosen.shape)
        conditions[name][:liked] = nearest_value(name, moved)
    return conditions


def directions(features):
    """Features around their middle, of norm 1."""
    centered = features - features.mean(axis=0)
    return centered / np.maximum(
        np.linalg.norm(centered, axis=1, keepdims=True), 1e-6
    )


def ranked(features, scores, count, diversity):
    """Rows with high scores in turn, each of them unlike those before it.

    Args:
        features: float array `(num_images, dim)`, rows of norm 1.
        scores: float array `(num_images,)`.
        count: int, how many are wanted.
        diversity: float in `[0, 1]`, weight of being unlike.

    Returns:
        List of ints.
    """
    chosen, nearest = [], np.zeros(len(features))
    for _ in range(count):
        values = (1.0 - diversity) * scores - diversity * nearest
        values[chosen] = -np.inf
        best = int(np.argmax(values))
        chosen.append(best)
        nearest = np.maximum(nearest, features @ features[best])
    return chosen


def as_drawn(features, count):
    """The first rows; those that look the same as earlier ones come last.

    Args:
        features: float array `(num_images, dim)`, rows of norm 1.
        count: int, how many are wanted.

    Returns:
        List of ints.
    """
    chosen, same = [], []
    for row, feature in enumerate(features):
        is_same = chosen and np.max(features[chosen] @ feature) > _SAME
        (same if is_same else chosen).append(row)
    return [*chosen, *same][:count]
