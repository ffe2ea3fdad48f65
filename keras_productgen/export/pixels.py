"""Between the levels of picture files and the value range of a model."""

import tensorflow as tf


def to_uint8(images, value_range):
    low, high = value_range
    levels = (images - low) * (255.0 / (high - low))
    return tf.cast(tf.clip_by_value(tf.round(levels), 0.0, 255.0), tf.uint8)


def from_uint8(images, value_range):
    low, high = value_range
    return tf.cast(images, tf.float32) * ((high - low) / 255.0) + low
