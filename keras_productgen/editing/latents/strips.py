"""Pictures of the latent space on one sheet."""

import numpy as np

from keras_productgen import images


def strip(pictures, value_range=(0, 255), padding=2):
    """Lays pictures out as they come: a row each, from left to right.

    Args:
        pictures: array `(num, steps, height, width, 3)`, as `interpolate`,
            `mix` and `move` return.
        value_range: pair of floats, the values of black and white.
        padding: int, white pixels around and between the pictures.

    Returns:
        uint8 array `(sheet_height, sheet_width, 3)`, values 0-255.

    Raises:
        ValueError: if `pictures` have another shape.
    """
    pictures = np.asarray(pictures)
    if pictures.ndim != 5:
        raise ValueError(
            "`pictures` must have the shape (num, steps, height, width, 3). "
            f"Received: pictures.shape={pictures.shape}"
        )
    low, high = value_range
    if (low, high) != (0, 255):
        pictures = (pictures - low) * (255.0 / (high - low))
    flat = pictures.reshape(-1, *pictures.shape[2:])
    return images.grid(flat, columns=pictures.shape[1], padding=padding)
