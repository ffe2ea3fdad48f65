"""How far pictures are apart once they lie on one another."""

import itertools

import numpy as np

from keras_productgen import images

SIDE = 32
REACH = 2


def thumbnails(pictures):
    """Returns uint8 pictures at the size they are compared at."""
    return np.stack(
        [images.resize(picture, SIDE, "stretch") for picture in pictures]
    )


def aligned_distance(thumbnail, others):
    """Distance of one picture to others: least over shifts and mirroring.

    Root of the mean squared difference, 0-255, without differences of the
    mean colour, so that a brighter copy stays a copy.

    Args:
        thumbnail: uint8 `(SIDE, SIDE, 3)`.
        others: uint8 `(num_others, SIDE, SIDE, 3)`.

    Returns:
        float32 array `(num_others,)`.
    """
    inner = slice(REACH, SIDE - REACH)
    targets = _centered(others[:, inner, inner])
    shifts = range(2 * REACH + 1)
    width = SIDE - 2 * REACH
    moved = np.stack(
        [
            picture[top : top + width, left : left + width]
            for picture in (thumbnail, thumbnail[:, ::-1])
            for top, left in itertools.product(shifts, shifts)
        ]
    )
    moved = _centered(moved)
    products = moved @ targets.T
    squares = (moved**2).sum(1)[:, None] + (targets**2).sum(1) - 2.0 * products
    least = np.maximum(squares.min(axis=0), 0.0)
    return np.sqrt(least / targets.shape[1])


def _centered(pictures):
    pictures = pictures.astype("float32")
    pictures = pictures - pictures.mean(axis=(1, 2), keepdims=True)
    return pictures.reshape(len(pictures), -1)
