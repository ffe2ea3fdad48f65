import numpy as np

# What arithmetic adds to a colour: an average of whites, an echo of float16.
TOLERANCE = 0.05


def broadcast(name, values, shape, dtype):
    """Repeats one value of a condition for all pictures, as `shape` has it."""
    try:
        return np.broadcast_to(np.asarray(values, dtype), shape)
    except (TypeError, ValueError):
        raise ValueError(
            f"Condition {name!r} must be one value for all pictures, or one "
            f"for each: numbers of shape {shape[1:]} or {shape}. "
            f"Received: {name}={values!r}"
        ) from None


def is_color(name, dim):
    """Whether a vector of this name and number of components is a colour."""
    return dim == 3 and "color" in name


def check_color(name, values):
    """Raises a `ValueError` unless colours are sRGB from 0 to 1.

    Colours are vectors of 3 components with `color` in their name. Nearly black
    that counts to 255, `(7, 7, 8)`, is no colour that a model has seen.

    Args:
        name: the condition.
        values: float array `(num_rows, dim)`.
    """
    if not is_color(name, values.shape[-1]) or not values.size:
        return
    lowest, highest = values.min(), values.max()
    if lowest < -TOLERANCE or highest > 1.0 + TOLERANCE:
        raise ValueError(
            f"Condition {name!r} must be sRGB from 0 to 1: divide colours from "
            f"0 to 255 by 255. Received: {name} from {lowest:g} to {highest:g}"
        )


def nearest_value(name, guesses):
    """Returns guesses of a vector as a model takes them: colours in [0, 1]."""
    if is_color(name, guesses.shape[-1]):
        return np.clip(guesses, 0.0, 1.0)
    return guesses
