"""Pictures side by side on one sheet."""

import math

import numpy as np


def grid(images, columns=None, padding=2):
    """Lays a batch of pictures out row by row on a white sheet.

    Args:
        images: Array of shape `(n, height, width, 3)`, uint8, or float with
            values 0-255 (rounded and clipped).
        columns: Pictures in a row. Defaults to a sheet about as wide as it
            is high.
        padding: White pixels around and between the pictures.

    Returns:
        The sheet, uint8 of shape `(sheet_height, sheet_width, 3)`.

    Raises:
        ValueError: If the shape, `columns` or `padding` do not fit.
    """
    images = to_uint8(images)
    _check(images, columns, padding)
    count, height, width, channels = images.shape
    columns = min(columns or math.ceil(math.sqrt(count)), count)
    rows = math.ceil(count / columns)
    cell = (height + padding, width + padding)
    sheet = np.full(
        (rows * cell[0] + padding, columns * cell[1] + padding, channels),
        255,
        "uint8",
    )
    for index, image in enumerate(images):
        top = index // columns * cell[0] + padding
        left = index % columns * cell[1] + padding
        sheet[top : top + height, left : left + width] = image
    return sheet


def to_uint8(images):
    """Rounds and clips values 0-255 of any dtype to uint8."""
    images = np.asarray(images)
    if images.dtype == np.uint8:
        return images
    images = np.nan_to_num(images.astype("float32"))
    return np.clip(np.rint(images), 0, 255).astype("uint8")


def _check(images, columns, padding):
    if images.ndim != 4 or images.shape[-1] != 3 or 0 in images.shape:
        raise ValueError(
            "`images` must have the shape (n, height, width, 3), none of "
            f"them 0. Received: images.shape={images.shape}"
        )
    if columns is not None and columns < 1:
        raise ValueError(
            f"`columns` must be at least 1. Received: columns={columns}"
        )
    if padding < 0:
        raise ValueError(
            f"`padding` must not be negative. Received: padding={padding}"
        )
