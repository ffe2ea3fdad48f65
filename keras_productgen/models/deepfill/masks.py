"""Holes to train with, drawn where the training runs, on every backend."""

import math

import keras
from keras import ops

STROKES, LINES = 3, 4
# Shares of the side of a picture.
_WIDTHS = (0.04, 0.16)
_LENGTHS = (0.1, 0.3)
_BOX_SIDES = (0.1, 0.4)
# A line as wide as this meets the middle of a pixel wherever it lies.
_LEAST_WIDTH = 1.5


def random_masks(count, size, seed_generator):
    """Draws free-form holes: strokes, and in half of the pictures a box.

    Strokes are chains of lines that turn back and forth, as a hand draws;
    every picture has one, two or three.

    Args:
        count: int or integer tensor, how many masks.
        size: int, height and width.
        seed_generator: `keras.random.SeedGenerator`.

    Returns:
        float32 tensor `(count, size, size, 1)`, 1 in the holes.

    Reference:
    - [Yu et al., 2019](https://arxiv.org/abs/1806.03589), section 3.5
    """

    def uniform(shape, low=0.0, high=1.0):
        return keras.random.uniform(
            (count, *shape), low, high, seed=seed_generator
        )

    middles = ops.arange(size, dtype="float32") + 0.5
    strokes = _strokes(uniform, middles, size)
    box = _box(uniform, middles, size)
    return ops.cast(ops.logical_or(strokes, box), "float32")[..., None]


def _strokes(uniform, middles, size):
    """Whether the middles of pixels are within half the width of a line."""
    signs = [(-1.0) ** turn for turn in range(LINES)]
    turns = uniform((STROKES, LINES), 0.2, 1.2) * ops.array(signs)
    angles = uniform((STROKES, 1), 0.0, 2.0 * math.pi)
    angles = angles + ops.cumsum(turns, axis=-1)
    lengths = uniform((STROKES, LINES), *(size * side for side in _LENGTHS))
    start = uniform((STROKES, 1, 2), 0.0, size)
    steps = ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)
    steps = steps * lengths[..., None]
    points = start + ops.cumsum(steps, axis=2) - steps
    widths = uniform((STROKES, 1), *(size * side for side in _WIDTHS))
    widths = ops.maximum(widths, _LEAST_WIDTH)
    # The first stroke is drawn always, each further one in half of the cases.
    drawn = uniform((STROKES, 1)) < ops.array([[1.0], [0.5], [0.5]])
    radii = ops.where(drawn, 0.5 * widths, -1.0)
    squares = _squared_distances(points, steps, middles)
    radii = ops.broadcast_to(radii, ops.shape(radii)[:2] + (LINES,))
    limits = (ops.sign(radii) * ops.square(radii))[..., None, None]
    return ops.any(squares < limits, axis=(1, 2))


def _squared_distances(points, steps, middles):
    """From lines `(count, strokes, lines, 2)` to all pixels, two axes more."""
    row, column = (points[..., k, None, None] for k in range(2))
    down, right = (steps[..., k, None, None] for k in range(2))
    y = middles[:, None] - row
    x = middles[None, :] - column
    along = (y * down + x * right) / (down**2 + right**2)
    along = ops.clip(along, 0.0, 1.0)
    return (y - along * down) ** 2 + (x - along * right) ** 2


def _box(uniform, middles, size):
    sides = uniform((2,), *(size * side for side in _BOX_SIDES))
    starts = uniform((2,)) * (size - sides)
    within = [
        (middles >= starts[:, k, None])
        & (middles < (starts + sides)[:, k, None])
        for k in range(2)
    ]
    box = within[0][:, :, None] & within[1][:, None, :]
    return box & (uniform((1, 1)) < 0.5)
