"""`images.guided_upsample`, inside a graph."""

import tensorflow as tf

from keras_productgen.export.signatures.resampling import linear_resized
from keras_productgen.images.guided import EPSILON
from keras_productgen.images.guided import REACH


def guided_upsample(values, small, picture):
    """Enlarges a matte so that its edge follows that of a picture.

    Args:
        values: float32 tensor `(height, width, 1)` in `[0, 1]`.
        small: tensor `(height, width, 3)` of 0-255, the picture at that size.
        picture: tensor of 0-255, the picture at full size.

    Returns:
        float32 tensor of the sides of `picture`, one channel, in `[0, 1]`.
    """
    slopes, offset = _linear(values, small / 255.0)
    maps = tf.concat([slopes, offset, values, _edge(values)], axis=-1)
    maps = linear_resized(maps, tf.shape(picture)[:2])
    slopes, offset, plain, near = tf.split(maps, [3, 1, 1, 1], axis=-1)
    colors = tf.cast(picture, tf.float32) / 255.0
    drawn = tf.reduce_sum(slopes * colors, axis=-1, keepdims=True) + offset
    drawn = tf.clip_by_value(drawn, 0.0, 1.0)
    return near * drawn + (1.0 - near) * plain


def _linear(values, guide):
    mean_guide, mean_values = _mean(guide), _mean(values)
    products = guide[..., :, tf.newaxis] * guide[..., tf.newaxis, :]
    shape = tf.shape(products)
    flat = tf.reshape(products, [shape[0], shape[1], 9])
    variance = tf.reshape(_mean(flat), shape)
    variance -= mean_guide[..., :, tf.newaxis] * mean_guide[..., tf.newaxis, :]
    variance += EPSILON * tf.eye(3)
    covariance = _mean(guide * values) - mean_guide * mean_values
    slopes = tf.linalg.solve(variance, covariance[..., tf.newaxis])[..., 0]
    offset = mean_values - tf.reduce_sum(
        slopes * mean_guide, axis=-1, keepdims=True
    )
    return _mean(slopes), _mean(offset)


def _mean(maps, reach=REACH):
    """Means over squares; the border is mirrored with its last pixel."""
    maps = tf.cast(maps, tf.float32)
    for axis in range(2):
        side = tf.shape(maps)[axis]
        places = tf.range(-reach, side + reach) % (2 * side)
        places = tf.minimum(places, 2 * side - 1 - places)
        maps = tf.gather(maps, places, axis=axis)
    return tf.nn.avg_pool2d(maps[tf.newaxis], 2 * reach + 1, 1, "VALID")[0]


def _edge(values):
    """Where a matte changes, widened, with a soft rim."""
    kernel = tf.constant(_ellipse(REACH), tf.float32)[..., tf.newaxis]
    batch = values[tf.newaxis]
    settings = dict(
        strides=[1] * 4, padding="SAME", data_format="NHWC", dilations=[1] * 4
    )
    change = tf.nn.dilation2d(batch, kernel, **settings) - tf.nn.erosion2d(
        batch, kernel, **settings
    )
    near = tf.cast(change[0] > 0.1, tf.float32)
    return _mean_of_three(near)


def _mean_of_three(maps):
    """A blur of 3 x 3, the border mirrored without its last pixel."""
    maps = tf.pad(maps, [(1, 1), (1, 1), (0, 0)], "REFLECT")
    return tf.nn.avg_pool2d(maps[tf.newaxis], 3, 1, "VALID")[0]


def _ellipse(reach):
    """OpenCV's `MORPH_ELLIPSE`: 0 within it, and what never wins outside."""
    rows = []
    for row in range(-reach, reach + 1):
        half = round((reach**2 - row**2) ** 0.5)
        rows.append(
            [
                0.0 if abs(column) <= half else -1e6
                for column in range(-reach, reach + 1)
            ]
        )
    return rows
