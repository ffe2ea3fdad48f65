"""How well conditions are guessed; mean values over a batch.

Guesses are logits for categories, `(batch, num_values)`, and for labels,
`(batch, num_labels)`; for vectors they are the components. All functions take
dicts of guesses and of conditions, and the names of each kind of condition.
"""

import numbers

from keras import ops


def measure_names(categories, vectors, labels):
    """What `measures` calls them."""
    return (
        *(f"{name}_accuracy" for name in categories),
        *(f"{name}_error" for name in vectors),
        *(f"{name}_accuracy" for name in labels),
    )


def losses(guesses, conditions, categories, vectors, labels):
    """Dict of cross-entropies and squared errors, scalars."""
    found = {}
    for name in categories:
        found[name] = ops.mean(
            ops.sparse_categorical_crossentropy(
                conditions[name], guesses[name], from_logits=True
            )
        )
    for name in vectors:
        found[name] = ops.mean((guesses[name] - conditions[name]) ** 2)
    for name in labels:
        found[name] = ops.mean(
            ops.binary_crossentropy(
                conditions[name], guesses[name], from_logits=True
            )
        )
    return found


def measures(guesses, conditions, categories, vectors, labels):
    """Dict of tensors whose means are accuracies or absolute errors."""
    found = {}
    for name in categories:
        best = ops.argmax(guesses[name], axis=-1)
        found[f"{name}_accuracy"] = best == ops.cast(
            conditions[name], best.dtype
        )
    for name in vectors:
        found[f"{name}_error"] = ops.abs(guesses[name] - conditions[name])
    for name in labels:
        found[f"{name}_accuracy"] = (guesses[name] > 0.0) == (
            conditions[name] > 0.5
        )
    return found


def weights_by_name(weight, names, argument):
    """Dict from each condition's name to the weight of its loss.

    Args:
        weight: float, for all; or a dict from some of the names to floats, 1
            for the others.
        names: list of the names of the conditions.
        argument: str, what messages call `weight`.

    Raises:
        ValueError: if a weight is not above 0, or of another name.
    """
    given = weight if isinstance(weight, dict) else dict.fromkeys(names, weight)
    if set(given) - set(names) or not all(map(_is_weight, given.values())):
        raise ValueError(
            f"`{argument}` must be above 0, one for all conditions or a dict "
            f"with some of {', '.join(names)}. Received: {argument}={weight}"
        )
    return {name: given.get(name, 1.0) for name in names}


def _is_weight(value):
    return isinstance(value, numbers.Real) and 0.0 < value < float("inf")
