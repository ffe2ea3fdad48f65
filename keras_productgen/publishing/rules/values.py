"""Values of pixels, counted without a copy of the picture for each question."""

import cv2
import numpy as np


def furthest(colors, color):
    """By how many levels the channel differs that differs most.

    Args:
        colors: uint8 array `(height, width, 3)`.
        color: three ints, 0-255.

    Returns:
        uint8 array `(height, width)`.
    """
    return _largest(cv2.absdiff(colors, (*map(int, color), 0)))


def share_of(colors, mask, least=0, most=255):
    """Share of the masked pixels whose channels all lie between two levels.

    Args:
        colors: uint8 array `(height, width, 3)`.
        mask: uint8 array `(height, width)`, not empty.
        least: int.
        most: int.

    Returns:
        float in `[0, 1]`.
    """
    inside = cv2.inRange(colors, (least,) * 3, (most,) * 3)
    count = cv2.countNonZero(cv2.bitwise_and(inside, inside, mask=mask))
    return count / cv2.countNonZero(mask)


def medians(picture, mask):
    """The median of each channel over the masked pixels.

    Args:
        picture: uint8 array `(height, width)` or `(height, width, channels)`.
        mask: uint8 array `(height, width)`, not empty.

    Returns:
        float64 array `(channels,)`, as `np.median` has it.
    """
    channels = 1 if picture.ndim == 2 else picture.shape[-1]
    return np.array([_median(picture, c, mask) for c in range(channels)])


def _median(picture, channel, mask):
    counts = cv2.calcHist([picture], [channel], mask, [256], [0, 256])
    total = counts.ravel().astype("int64").cumsum()
    middle = [(total[-1] - 1) // 2, total[-1] // 2]
    return np.searchsorted(total, middle, side="right").mean()


def _largest(colors):
    first, second, third = cv2.split(colors)
    return cv2.max(cv2.max(first, second), third)
