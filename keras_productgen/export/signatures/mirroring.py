"""Borders of pictures of any size, inside a graph."""

import tensorflow as tf


def mirrored(image, margins):
    """What `images.tiles.mirrored` does, of one picture.

    Args:
        image: tensor `(height, width, channels)`.
        margins: list of pairs of ints or integer tensors, before and after,
            of its first axes.
    """
    for axis, (before, after) in enumerate(margins):
        side = tf.shape(image)[axis]
        period = tf.maximum(2 * side - 2, 1)
        places = tf.abs(tf.range(-before, side + after)) % period
        places = tf.minimum(places, period - places)
        image = tf.gather(image, places, axis=axis)
    return image


def to_stride(image, margin, stride):
    """A picture with a mirrored border, and sides a network takes.

    Args:
        image: tensor `(height, width, channels)`.
        margin: int, of pixels on all sides, rounded up to the stride.
        stride: int, what the sides are to be multiples of.

    Returns:
        The larger picture, and the margin that it has above and to the left.
    """
    margin = -(-margin // stride) * stride
    sides = [tf.shape(image)[axis] for axis in range(2)]
    # Not `-side % stride`, whose sign differs between runtimes.
    rests = [(stride - side % stride) % stride for side in sides]
    return mirrored(image, [(margin, margin + rest) for rest in rests]), margin
