import numpy as np


def checked_depth(depth, size):
    """Returns a map of distances as float32.

    Raises:
        ValueError: if it is not finite, or has another size than the picture.
    """
    depth = np.asarray(depth, "float32")
    if depth.shape != tuple(size) or not np.isfinite(depth).all():
        raise ValueError(
            "`depth` must be finite numbers, as many as the picture has "
            f"pixels, {tuple(size)}. Received: depth.shape={depth.shape}"
        )
    return depth
