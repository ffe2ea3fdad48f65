"""Whether a preference can be asked of a model."""

import numpy as np

from keras_productgen.pipeline.personalisation.preference import Preference


def check_preference(preference, model, feature_dim):
    """Raises a `ValueError` unless a preference is one of this model's.

    Preferences come back from wherever the caller kept them, perhaps to another
    model than the one that they were made with.

    Args:
        preference: what should be a `Preference`.
        model: a model with conditions.
        feature_dim: int, length of the encoder's features.
    """
    if not isinstance(preference, Preference):
        raise ValueError(
            "`preference` must be a `Preference`, or None. "
            f"Received: preference of type {type(preference).__name__}"
        )
    sizes = model.num_categories()
    for name, shares in preference.shares.items():
        _check(name in sizes, name, [*sizes], "categories")
        _check_shares(name, shares, sizes.get(name))
    for name, (points, shares) in preference.points.items():
        _check(name in model.vectors, name, [*model.vectors], "vectors")
        _check_numbers(name, points, (len(shares), model.vectors[name]))
        _check_shares(name, shares, len(shares))
    if preference.taste is not None:
        _check_numbers("taste", preference.taste, (feature_dim,))


def _check(holds, name, known, kind):
    if not holds:
        raise ValueError(
            f"`preference` must be of the model's {kind}, {known}. "
            f"Received: {name!r}, of another model"
        )


def _check_shares(name, shares, count):
    shares = _check_numbers(name, shares, (count,))
    if (shares < 0.0).any() or abs(shares.sum() - 1.0) > 1e-6:
        raise ValueError(
            f"The shares of {name!r} in `preference` must have a sum of 1. "
            f"Received: {shares.tolist()}"
        )


def _check_numbers(name, values, shape):
    values = np.asarray(values, "float64")
    if values.shape != shape or not np.isfinite(values).all():
        raise ValueError(
            f"{name!r} in `preference` must be finite numbers of shape "
            f"{shape}, as those of this model and encoder are. Received: an "
            f"array of shape {values.shape}"
        )
    return values
