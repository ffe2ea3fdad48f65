"""How well conditions are guessed; mean values over a batch.

Guesses are logits for categories, `(batch, num_values)`, and for labels,
`(batch, num_labels)`; for vectors they are the components. All functions take
dicts of guesses and of conditions, and the names of each kind of condition.
"""

from keras import ops


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
