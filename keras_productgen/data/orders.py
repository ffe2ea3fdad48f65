"""The order in which an epoch sees the pictures."""

import itertools

import numpy as np
import tensorflow as tf

from keras_productgen.data.pipeline_options import pipeline_options


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
    seed = checked_seed(seed)

    def numbers(epoch):
        return order_of_epoch(count, seed, epoch)

    return each_epoch(numbers, count)


def checked_seed(seed):
    """Returns the seed, or one drawn by NumPy's global generator.

    Raises:
        ValueError: If it is negative or no int.
    """
    if seed is None:
        seed = np.random.randint(2**31)
    if int(seed) != seed or seed < 0:
        raise ValueError(
            f"`seed` must be an int of at least 0. Received: seed={seed}"
        )
    return int(seed)


def order_of_epoch(count, seed, epoch):
    """Returns a dataset of the numbers below `count`, mixed.

    Args:
        count: How many numbers.
        seed: int.
        epoch: int64 tensor.
    """

    def order(epoch):
        generator = np.random.default_rng([seed, int(epoch)])
        return generator.permutation(count).astype("int64")

    order = tf.numpy_function(order, [epoch], tf.int64)
    order = tf.ensure_shape(order, (count,))
    return tf.data.Dataset.from_tensor_slices(order)


def batches_of_epochs(load, count, batch_size, seed):
    """Returns a dataset of batches that are loaded in an order of each epoch.

    Args:
        load: function from the number of the epoch and those of a batch, both
            int64 tensors, to its tensors.
        count: int, how many numbers there are.
        batch_size: int; a last, smaller batch is left out.
        seed: int, of the orders.
    """

    def epoch(number):
        numbers = order_of_epoch(count, seed, number)
        batches = numbers.batch(batch_size, drop_remainder=True)
        return batches.map(
            lambda numbers: load(number, numbers),
            num_parallel_calls=2,
            deterministic=True,
        )

    dataset = each_epoch(epoch, count // batch_size)
    return dataset.prefetch(2).with_options(pipeline_options())


def each_epoch(make, cardinality):
    """Returns a dataset that is made anew for each epoch.

    Args:
        make: Function from the number of the epoch, an int64 tensor counted
            from 0, to a `tf.data.Dataset`.
        cardinality: int, how many elements each of them has.
    """
    epochs = itertools.count()

    def of_next_epoch(_):
        epoch = tf.numpy_function(lambda: np.int64(next(epochs)), [], tf.int64)
        return make(tf.ensure_shape(epoch, ()))

    dataset = tf.data.Dataset.range(1).flat_map(of_next_epoch)
    # Known, so that `fit()` shows its steps from the first epoch.
    return dataset.apply(tf.data.experimental.assert_cardinality(cardinality))
