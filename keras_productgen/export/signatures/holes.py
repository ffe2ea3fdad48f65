"""How thick holes are, and where they lie, inside a graph."""

import tensorflow as tf


def depth_of(mask):
    """How many pixels the middle of the thickest hole is from its rim.

    Corners and edges of the neighbourhood take turns: an octagon, which is a
    circle to within an eighth.

    Args:
        mask: bool tensor `(height, width)`.

    Returns:
        int32 scalar.
    """

    def less(depth, holes):
        known = 1.0 - holes
        square = tf.nn.max_pool2d(known, 3, 1, "SAME")
        cross = tf.maximum(
            tf.nn.max_pool2d(known, [3, 1], 1, "SAME"),
            tf.nn.max_pool2d(known, [1, 3], 1, "SAME"),
        )
        reached = tf.cond(depth % 2 == 0, lambda: cross, lambda: square)
        return depth + 1, 1.0 - reached

    holes = tf.cast(mask, tf.float32)[tf.newaxis, ..., tf.newaxis]
    depth, _ = tf.while_loop(
        lambda depth, holes: tf.reduce_any(holes > 0.0),
        less,
        (tf.constant(0), holes),
    )
    return depth


def around(mask, margin=0):
    """Where holes begin and end, with a margin as far as the picture goes.

    Returns:
        int32 scalars: top, bottom, left, right; bottom and right are beyond.
    """
    bounds = []
    for axis in range(2):
        side = tf.shape(mask)[axis]
        places = tf.where(tf.reduce_any(mask, axis=1 - axis))
        first = tf.cast(tf.reduce_min(places), tf.int32) - margin
        last = tf.cast(tf.reduce_max(places), tf.int32) + 1 + margin
        bounds += [tf.maximum(first, 0), tf.minimum(last, side)]
    return bounds
