"""Does a model make products with the vector they are asked for?"""

import dataclasses

import numpy as np

from keras_productgen.evaluation import intervals


@dataclasses.dataclass
class VectorControl:
    """How far what is read from pictures is from what was asked for.

    The distance is Euclidean: of one number the difference, of a direction or
    of sine and cosine the chord, 0.17 for 10 degrees.

    Args:
        error: float, mean distance.
        interval: `(low, high)`, 95 %.
        real_error: float, that of real pictures the judge has not learned from:
            what the judge itself costs. `None` where it is not known.
        chance: float, what a model gets that does not listen.
        asked: float array `(num_fake, dim)`.
        found: float array `(num_fake, dim)`, as the judge reads it.
        errors: float array `(num_fake,)`; those of some rows, such as the
            `height` of tops, which is that of their sleeves, can be taken out.
    """

    error: float
    interval: tuple
    real_error: float | None
    chance: float
    asked: np.ndarray
    found: np.ndarray
    errors: np.ndarray


def vector_control(found, asked, real_error=None, groups=None):
    """Returns the `VectorControl`.

    Args:
        found: float array `(num_fake, dim)`, at least 2 rows.
        asked: float array `(num_fake, dim)`.
        real_error: optional float.
        groups: optional int array `(num_fake,)`: the wish of each picture.
    """
    asked = np.asarray(asked, "float64").reshape(len(found), -1)
    found = np.asarray(found, "float64")
    errors = distances(found, asked)
    groups = np.arange(len(errors)) if groups is None else groups
    turns = range(1, min(len(asked), 21))
    return VectorControl(
        float(errors.mean()),
        intervals.around_groups(errors, groups),
        real_error,
        float(np.mean([distances(found, np.roll(asked, t, 0)) for t in turns])),
        asked,
        found,
        errors,
    )


def distances(vectors, others):
    """Euclidean distance of each row to the same row of others."""
    return np.linalg.norm(np.asarray(vectors) - np.asarray(others), axis=-1)
