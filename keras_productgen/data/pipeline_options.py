"""How TensorFlow runs a pipeline."""

import tensorflow as tf


def pipeline_options():
    """Returns the `tf.data.Options` of every pipeline here."""
    options = tf.data.Options()
    # Its thread can hold up the end of `fit()` for seconds, and every degree
    # of parallelism is given.
    options.autotune.enabled = False
    return options
