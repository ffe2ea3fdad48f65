import math
import numbers

import numpy as np

from keras_productgen.random import stateless_normal

NUM_LATENTS = 256


def check_truncation(truncation):
    """Raises a `ValueError` unless `truncation` is a finite number."""
    is_number = isinstance(truncation, numbers.Real)
    if not is_number or not math.isfinite(truncation):
        raise ValueError(
            "`truncation` must be a number, 0.7 or so, and 1 for none. "
            f"Received: truncation={truncation!r}"
        )


def average_styles(mapping, inputs):
    """The average style of what is asked for in each row.

    That of all the training would mix the categories: half a shoe, half a hat.

    Args:
        mapping: `keras.Model`, from latents and conditions to styles.
        inputs: dict of arrays, `latents` and the conditions.

    Returns:
        float32 array `(num_rows, style_dim)`, each row an average over the
        same latents.
    """
    asked = {name: rows for name, rows in inputs.items() if name != "latents"}
    keys = [rows.reshape(len(rows), -1) for rows in asked.values()]
    _, first_rows, same_as = np.unique(
        np.concatenate(keys, axis=1),
        axis=0,
        return_index=True,
        return_inverse=True,
    )
    latents = stateless_normal(
        np.zeros(NUM_LATENTS), np.arange(NUM_LATENTS), mapping.output.shape[-1]
    )
    averages = []
    for row in first_rows:
        conditions = {
            name: np.repeat(rows[row : row + 1], NUM_LATENTS, axis=0)
            for name, rows in asked.items()
        }
        styles = mapping.predict_on_batch({"latents": latents, **conditions})
        averages.append(styles.mean(axis=0))
    return np.stack(averages)[same_as]
