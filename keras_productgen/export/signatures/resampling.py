"""Sizes of pictures, as OpenCV and `images.resize` change them, in a graph.

Each way is one matrix for the rows and one for the columns.
"""

import tensorflow as tf

from keras_productgen.images.resizing import BLUR


def resampled(image, rows, columns):
    """Applies a matrix to each axis of `(height, width, channels)`."""
    image = tf.cast(image, tf.float32)
    image = tf.einsum("ih,hwc->iwc", tf.cast(rows, tf.float32), image)
    return tf.einsum("jw,iwc->ijc", tf.cast(columns, tf.float32), image)


def area_resized(image, size):
    """As OpenCV's `INTER_AREA`: means over areas, where both sides shrink.

    Args:
        image: tensor `(height, width, channels)`.
        size: pair of ints or integer tensors, height and width.
    """
    sides = tf.shape(image)[0], tf.shape(image)[1]
    shrinks = (sides[0] >= size[0]) & (sides[1] >= size[1])
    matrices = [
        tf.cond(
            shrinks,
            lambda old=old, new=new: area(old, new),
            lambda old=old, new=new: _enlarged_area(old, new),
        )
        for old, new in zip(sides, size)
    ]
    return resampled(image, *matrices)


def linear_resized(image, size):
    """As OpenCV's `INTER_LINEAR`."""
    return tf.image.resize(image, size, "bilinear", antialias=False)


def shrunk(image, size):
    """As `images.resize(image, size, "stretch")`; float32, whole levels.

    Args:
        image: uint8 tensor `(height, width, channels)`.
        size: pair of integer tensors, height and width.
    """
    sides = tf.shape(image)[0], tf.shape(image)[1]
    factors = [tf.maximum(1, old // (2 * new)) for old, new in zip(sides, size)]
    halves = [-(-old // factor) for old, factor in zip(sides, factors)]
    image = _levels(area_resized(image, halves))
    matrices = [gaussian(old, new) for old, new in zip(halves, size)]
    image = _levels(resampled(image, *matrices))
    matrices = [cubic(old, new) for old, new in zip(halves, size)]
    return _levels(resampled(image, *matrices))


def area(old, new):
    """Matrix `(new, old)`: the share of each pixel in each mean; float64."""
    edges = tf.cast(tf.range(new + 1), tf.float64) * _ratio(old, new)
    pixels = tf.cast(tf.range(old), tf.float64)
    last = tf.minimum(edges[1:, tf.newaxis], pixels + 1.0)
    first = tf.maximum(edges[:-1, tf.newaxis], pixels)
    return tf.maximum(last - first, 0.0) / _ratio(old, new)


def _enlarged_area(old, new):
    """What `INTER_AREA` does where a side grows: each pixel keeps its area."""
    places = tf.cast(tf.range(new), tf.float64)
    first = tf.floor(places * _ratio(old, new))
    share = places + 1.0 - (first + 1.0) * _ratio(new, old)
    share = tf.maximum(share, 0.0)
    share -= tf.floor(share)
    return _taps([first, first + 1.0], [1.0 - share, share], old)


def cubic(old, new):
    """Matrix `(new, old)` of OpenCV's `INTER_CUBIC`."""
    middles = (tf.cast(tf.range(new), tf.float64) + 0.5) * _ratio(old, new)
    first = tf.floor(middles - 0.5)
    offsets = [-1.0, 0.0, 1.0, 2.0]
    distances = [tf.abs(middles - 0.5 - first - offset) for offset in offsets]
    places = [first + offset for offset in offsets]
    return _taps(places, [_cubic_weight(d) for d in distances], old)


def gaussian(side, new):
    """Matrix `(side, side)` of the blur before a picture shrinks to `new`."""
    ratio = _ratio(side, new)
    sigma = BLUR * tf.sqrt(tf.maximum(ratio**2 - 1.0, 0.0))
    radius = tf.maximum(tf.round(2.2 * sigma), 0.0)
    places = tf.cast(tf.range(side), tf.float64)
    # The largest sigma is that of a side halved almost twice.
    steps = tf.range(-8.0, 9.0, dtype=tf.float64)
    weights = tf.exp(-(steps**2) / (2.0 * tf.maximum(sigma, 1e-3) ** 2))
    weights *= tf.cast(tf.abs(steps) <= radius, tf.float64)
    weights = tf.where(sigma < 0.1, tf.cast(steps == 0.0, tf.float64), weights)
    weights /= tf.reduce_sum(weights)
    steps, weights = tf.unstack(steps), tf.unstack(weights)
    return _taps(
        [places + step for step in steps],
        [tf.fill([side], weight) for weight in weights],
        side,
    )


def _cubic_weight(distance, a=-0.75):
    near = ((a + 2.0) * distance - (a + 3.0)) * distance**2 + 1.0
    far = ((distance - 5.0) * distance + 8.0) * distance - 4.0
    return tf.where(distance <= 1.0, near, a * far)


def _taps(places, weights, old):
    """A matrix with weights at places; beyond the border is its last pixel."""
    columns = tf.cast(tf.stack(places, axis=1), tf.int32)
    columns = tf.clip_by_value(columns, 0, old - 1)
    rows = tf.range(tf.shape(columns)[0])[:, tf.newaxis]
    rows = tf.broadcast_to(rows, tf.shape(columns))
    # Those that fall on the same pixel are added up.
    return tf.scatter_nd(
        tf.stack([rows, columns], axis=-1),
        tf.stack(weights, axis=1),
        [tf.shape(columns)[0], old],
    )


def _ratio(old, new):
    return tf.cast(old, tf.float64) / tf.cast(new, tf.float64)


def _levels(image):
    return tf.clip_by_value(tf.round(image), 0.0, 255.0)
