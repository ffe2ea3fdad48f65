"""Exponential moving average of the weights of a network."""

import keras
from keras import ops


def average_of(network):
    """Returns a frozen copy of `network`, to be kept up to date by `update`."""
    average = keras.models.clone_model(network)
    average.set_weights(network.get_weights())  # `clone_model` starts afresh.
    average.trainable = False
    return average


def update(average, network, decay, num_updates):
    """Moves `average` towards `network`.

    In the first steps the average follows faster, as in
    `tf.train.ExponentialMovingAverage`: it would otherwise show the untrained
    network for thousands of steps.

    Args:
        average: `keras.Model`, made by `average_of`.
        network: `keras.Model`, the one that is trained.
        decay: float, weight of the old average in the new one.
        num_updates: integer tensor, number of updates so far.
    """
    count = ops.cast(num_updates, "float32")
    decay = ops.minimum(decay, (1.0 + count) / (10.0 + count))
    share = 1.0 - decay
    for mean, weight in zip(average.weights, network.weights):
        difference = ops.convert_to_tensor(weight) - mean
        mean.assign_add(ops.cast(share, mean.dtype) * difference)
