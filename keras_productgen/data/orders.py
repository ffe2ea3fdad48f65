"""The order in which an epoch sees the pictures."""

import itertools

import numpy as np
import tensorflow as tf


def in_turn(count, seed=None):
    """Returns a `tf.data.Dataset` of the numbers below `count`, in turn."""
    return tf.data.Dataset.range(count)


def shuffled(count, seed=None):
    """Returns a dataset of the numbers below `count`, mixed anew each epoch.

    `tf.data.Dataset.shuffle` mixes the global seed into its own: the same
    `seed` then gives another order where somebody has set that one. Here an
    epoch's order depends on `seed` and its place among the epochs alone.

    Args:
        count: How many numbers.
        seed: optional int; NumPy's global generator draws one by default.

    Raises:
        ValueError: If `seed` is negative or no int.
    """
    if seed is None:
        seed = np.random.randint(2**31)
    if int(seed) != seed or seed < 0:
        raise ValueError(
            f"`seed` must be an int of at least 0. Received: seed={seed}"
        )
    epochs = itertools.count()

    def next_order():
        generator = np.random.default_rng([int(seed), next(epochs)])
        return generator.permutation(count).astype("int64")

    def numbers(_):
        order = tf.numpy_function(next_order, [], tf.int64)
        order = tf.ensure_shape(order, (count,))
        return tf.data.Dataset.from_tensor_slices(order)

    dataset = tf.data.Dataset.range(1).flat_map(numbers)
    # Known, so that `fit()` shows its steps from the first epoch.
    return dataset.apply(tf.data.experimental.assert_cardinality(count))
