"""Pictures and their conditions as a `tf.data.Dataset`."""

import tensorflow as tf

from keras_productgen.data import orders
from keras_productgen.data.pipeline_options import pipeline_options


def make_batches(source, conditions, batch_size, drop_remainder, shuffle, seed):
    """Makes a dataset of `images`, or of `(images, conditions)`.

    Args:
        source: `PictureSource`.
        conditions: Dict of arrays, a value for every picture; may be empty.
        batch_size: Pictures in a batch.
        drop_remainder: Whether to leave out a last, smaller batch.
        shuffle: Whether every epoch has its own order.
        seed: optional int that fixes the orders.
    """

    def load(indices):
        images, used = tf.numpy_function(
            source.load, [indices], (tf.uint8, tf.int64)
        )
        images = tf.ensure_shape(images, (indices.shape[0], *source.shape))
        images = tf.cast(images, "float32")
        if not conditions:
            return images
        # Those of the pictures that came, where another stood in.
        used = tf.ensure_shape(used, indices.shape)
        return images, {
            name: tf.gather(values, used) for name, values in conditions.items()
        }

    # The file numbers are shuffled, not the pictures: no buffer of pictures,
    # and every order is possible.
    numbers = orders.shuffled if shuffle else orders.in_turn
    dataset = numbers(len(source.entries), seed)
    dataset = dataset.batch(batch_size, drop_remainder)
    dataset = dataset.map(load, num_parallel_calls=2, deterministic=True)
    return dataset.prefetch(2).with_options(pipeline_options())
