"""Between picture files and tensors in the value range of a model."""

import tensorflow as tf


def to_uint8(images, value_range):
    low, high = value_range
    levels = (images - low) * (255.0 / (high - low))
    return tf.cast(tf.clip_by_value(tf.round(levels), 0.0, 255.0), tf.uint8)


def from_uint8(images, value_range):
    low, high = value_range
    return tf.cast(images, tf.float32) * ((high - low) / 255.0) + low


def decoded(image_bytes, channels):
    """Returns uint8 `(height, width, channels)` of the bytes of a file."""
    image = tf.io.decode_image(image_bytes, channels, expand_animations=False)
    image.set_shape((None, None, channels))
    return image


def png_of(image, value_range):
    """Returns the bytes of a PNG of one image in `value_range`."""
    return tf.io.encode_png(to_uint8(image, value_range))


def row_by_row(function, rows, outputs=tf.string):
    """Calls a function of one row on each, one after the other.

    Pictures may differ in size. And in a batch the last bits of a row depend
    on the number of rows, and rounding to 8 bits makes other bytes of them.

    Args:
        function: from as many tensors as `rows` has.
        rows: tuple of tensors with the batch first, or of dicts of them.
        outputs: dtype of the scalar that the function returns, or a dict of
            them for a dict of scalars.

    Returns:
        What the function returns, `(batch,)`.
    """
    return tf.map_fn(
        lambda row: function(*row),
        rows,
        fn_output_signature=tf.nest.map_structure(
            lambda dtype: tf.TensorSpec([], dtype), outputs
        ),
    )


def with_check(tensor, condition, message, received):
    """Returns `tensor`, and fails the call where a condition does not hold."""
    check = tf.debugging.Assert(condition, [f"{message} Received:", received])
    with tf.control_dependencies([] if check is None else [check]):
        return tf.identity(tensor)


def file_spec(name="image_bytes"):
    """What a signature takes that takes files."""
    return tf.TensorSpec([None], tf.string, name=name)
