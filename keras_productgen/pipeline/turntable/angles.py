"""Degrees that a product is turned, as a user says them."""

import numpy as np

MOST = 720


def checked_angles(angles):
    """Returns how many angles are wanted, or which: an int or float64 `(n,)`.

    Raises:
        ValueError: if it is neither a whole number from 2 to 720 nor a list of
            finite numbers, two or more.
    """
    if np.ndim(angles) == 0:
        number = isinstance(angles, int | float | np.number)
        if not number or isinstance(angles, bool):
            raise _refused(angles)
        if not float(angles).is_integer() or not 2 <= angles <= MOST:
            raise _refused(angles)
        return int(angles)
    try:
        values = np.asarray(angles, "float64")
    except (TypeError, ValueError):
        raise _refused(angles) from None
    fits = values.ndim == 1 and 2 <= len(values) <= MOST
    if not fits or not np.isfinite(values).all():
        raise _refused(angles)
    return values


def around(count):
    """Evenly around: the last step leads back to the first angle."""
    return np.arange(count) * (360.0 / count)


def swing(count, most):
    """To one side, to the other, and back, slower where it turns round."""
    turns = np.sin(2.0 * np.pi * np.arange(count) / count)
    return np.round(most * turns, 6)


def _refused(angles):
    return ValueError(
        f"`angles` must be a whole number from 2 to {MOST}, or a list of two "
        f"or more finite degrees. Received: angles={angles!r}"
    )
