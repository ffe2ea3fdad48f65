import numpy as np


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
