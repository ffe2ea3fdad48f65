"""Holes through a network of one size, cell by cell, inside a graph."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.holes import around
from keras_productgen.export.signatures.mirroring import mirrored

# Of what the network sees, as `DeepFill.restore` has it.
CELL = 1 / 2


def by_cells(model, colors, holes):
    """Fills holes; what has been filled is known to the cells that follow.

    Args:
        model: `keras_productgen.models.DeepFill`.
        colors: float32 tensor `(height, width, 3)`, 0-255.
        holes: bool tensor `(height, width)`.

    Returns:
        float32 tensor like `colors`.
    """
    size = model.image_size
    sides = tf.unstack(tf.shape(holes))
    missing = [tf.maximum(0, size - side) for side in sides]
    margins = [(rest // 2, rest - rest // 2) for rest in missing]
    padded = mirrored(colors, margins)
    unknown = mirrored(holes[..., tf.newaxis], margins)[..., 0]
    part = tf.pad(holes, margins)
    top, bottom, left, right = around(part)
    rows, columns = _edges(top, bottom, size), _edges(left, right, size)
    num_columns = tf.shape(columns)[0] - 1

    def step(number, padded, unknown):
        row, column = number // num_columns, number % num_columns
        bounds = [rows[row], rows[row + 1], columns[column]]
        bounds.append(columns[column + 1])
        cell = part & _box(tf.shape(part), *bounds)
        padded = tf.cond(
            tf.reduce_any(cell),
            lambda: _with_cell(model, padded, unknown, cell, bounds),
            lambda: padded,
        )
        return number + 1, padded, unknown & ~cell

    count = (tf.shape(rows)[0] - 1) * num_columns
    _, padded, _ = tf.while_loop(
        lambda number, *_: number < count,
        step,
        (tf.constant(0), padded, unknown),
        shape_invariants=(
            tf.TensorShape([]),
            tf.TensorShape([None, None, 3]),
            tf.TensorShape([None, None]),
        ),
        parallel_iterations=1,
    )
    (above, _), (before, _) = margins
    return padded[above : above + sides[0], before : before + sides[1]]


def _with_cell(model, padded, unknown, cell, bounds):
    size = model.image_size
    sides = tf.shape(padded)
    top = _start(bounds[0], bounds[1], size, sides[0])
    left = _start(bounds[2], bounds[3], size, sides[1])
    colors = padded[top : top + size, left : left + size]
    holes = unknown[top : top + size, left : left + size]
    images = pixels.from_uint8(colors, model.value_range)[tf.newaxis]
    masks = tf.cast(holes, tf.float32)[tf.newaxis, ..., tf.newaxis]
    shape = (1, size, size)
    outputs = model(
        {
            "images": tf.ensure_shape(images, (*shape, 3)),
            "masks": tf.ensure_shape(masks, (*shape, 1)),
        }
    )
    low, high = model.value_range
    levels = (outputs[0] - low) * (255.0 / (high - low))
    rests = [[top, sides[0] - size - top], [left, sides[1] - size - left]]
    levels = tf.pad(levels, [*rests, [0, 0]])
    return tf.where(cell[..., tf.newaxis], levels, padded)


def _edges(start, stop, size):
    """Where cells of at most half the size begin and end."""
    length = stop - start
    count = -(-length // max(1, round(CELL * size)))
    steps = tf.cast(tf.range(count + 1), tf.float64)
    start, length, count = (
        tf.cast(number, tf.float64) for number in (start, length, count)
    )
    return tf.cast(tf.round(start + steps * length / count), tf.int32)


def _start(first, last, size, side):
    """Where what the network sees begins, with a cell in the middle."""
    start = tf.maximum(0, (first + last - size) // 2)
    return tf.minimum(start, side - size)


def _box(shape, top, bottom, left, right):
    rows, columns = tf.range(shape[0]), tf.range(shape[1])
    within = (rows >= top) & (rows < bottom)
    return within[:, tf.newaxis] & (columns >= left) & (columns < right)
