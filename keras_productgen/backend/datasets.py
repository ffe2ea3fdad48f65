"""Every batch is looked at before a network sees it."""

import sys

import keras
import numpy as np


class Failures:
    """What was wrong with the batches of datasets, and how many there were."""

    def __init__(self):
        self.errors = []
        self.num_batches = 0

    def also(self, failures):
        """Counts the errors of another dataset among its own."""
        failures.errors = self.errors


def checked_data(x, y, check, batch_size=None, shuffle=False):
    """Puts `check` between the data and the training loop.

    Arrays are checked whole, a `tf.data.Dataset` batch by batch as it comes, a
    `keras.utils.PyDataset` by its first batch. Generators and torch's
    `DataLoader` pass unchecked.

    On TensorFlow, arrays become a `tf.data.Dataset` whose autotuner is off, and
    so is that of every dataset given: its thread wakes up late, and the end of
    `fit()` waits for it, for seconds.

    Args:
        x: what `fit()` takes as `x`.
        y: what `fit()` takes as `y`.
        check: function of `(x, y)` as numpy arrays (or dicts of them) that
            raises a `ValueError` where they are not what the model needs.
        batch_size: optional int, rows of a batch of arrays, by default 32.
        shuffle: bool, whether the rows of arrays come in a new order in every
            epoch.

    Returns:
        Tuple `(x, y, failures)`, the last one a `Failures`: where a batch of a
        dataset is wrong, TensorFlow raises an error of its own.
    """
    failures = Failures()
    if _is_tf_dataset(x):
        return _checked_dataset(x, check, failures), y, failures
    failures.num_batches = 1
    if _is_array_like(x):
        x, y = keras.tree.map_structure(_as_array, (x, y))
        check(x, y)
        if keras.config.backend() == "tensorflow":
            x = _array_dataset(x, y, batch_size or 32, shuffle)
            return x, None, failures
    elif isinstance(x, keras.utils.PyDataset):
        check(*_first_two(x[0]))
    return x, y, failures


def _is_tf_dataset(x):
    tensorflow = sys.modules.get("tensorflow")
    return tensorflow is not None and isinstance(x, tensorflow.data.Dataset)


def _is_array_like(x):
    leaves = keras.tree.flatten(x)
    return bool(leaves) and all(hasattr(leaf, "__array__") for leaf in leaves)


def _as_array(values):
    return None if values is None else keras.ops.convert_to_numpy(values)


def _first_two(batch):
    x, y, _ = keras.utils.unpack_x_y_sample_weight(batch)
    return keras.tree.map_structure(_as_array, (x, y))


def _checked_dataset(dataset, check, failures):
    import tensorflow as tf

    def verify(*arrays):
        batch = tf.nest.pack_sequence_as(dataset.element_spec, arrays)
        failures.num_batches += 1
        try:
            check(*_first_two(batch))
        except ValueError as error:
            failures.errors.append(error)
            raise
        return np.int32(0)

    def passed_on(*batch):
        batch = batch if isinstance(dataset.element_spec, tuple) else batch[0]
        checked = tf.numpy_function(verify, tf.nest.flatten(batch), tf.int32)
        with tf.control_dependencies([checked]):
            return tf.nest.map_structure(tf.identity, batch)

    return _without_autotune(dataset.map(passed_on).prefetch(2))


def _array_dataset(x, y, batch_size, shuffle):
    import tensorflow as tf

    arrays = x if y is None else (x, y)
    tensors = keras.tree.map_structure(tf.convert_to_tensor, arrays)
    num_rows = len(keras.tree.flatten(x)[0])
    rows = tf.data.Dataset.range(num_rows)
    if shuffle:
        seed = int(keras.random.randint((), 0, 2**31 - 1))
        rows = rows.shuffle(num_rows, seed=seed)

    def gathered(indices):
        return keras.tree.map_structure(
            lambda tensor: tf.gather(tensor, indices), tensors
        )

    return _without_autotune(rows.batch(batch_size).map(gathered).prefetch(2))


def _without_autotune(dataset):
    import tensorflow as tf

    options = tf.data.Options()
    options.autotune.enabled = False
    return dataset.with_options(options)
