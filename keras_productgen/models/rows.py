import numpy as np

# What is found for a picture (`editing.latents.invert`) may go beyond 1.
PLAUSIBLE_COLOR = 10.0


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


def check_color(name, values):
    """Raises a `ValueError` if colours plainly count from 0 to 255.

    Colours are vectors of 3 components with `color` in their name.

    Args:
        name: the condition.
        values: float array `(num_rows, dim)`.
    """
    if "color" not in name or values.shape[-1] != 3 or not values.size:
        return
    largest = np.abs(values).max()
    if largest > PLAUSIBLE_COLOR:
        raise ValueError(
            f"Condition {name!r} must be sRGB from 0 to 1: divide colours from "
            f"0 to 255 by 255. Received: {name} of up to {largest:g}"
        )
