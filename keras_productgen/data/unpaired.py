"""Two datasets side by side, whose pictures do not belong together."""

import itertools

import keras
import numpy as np
import tensorflow as tf

from keras_productgen.data.orders import checked_seed
from keras_productgen.data.pipeline_options import pipeline_options

MIXED = 64  # Batches that wait for their turn.


def unpaired(dataset_a, dataset_b, seed=0):
    """Zips two datasets for `keras_productgen.models.CycleGAN`.

    The shorter one begins again until the longer one ends. The batches of the
    second are mixed once more, so that pictures do not always meet the same
    others. Conditions are left out.

    Args:
        dataset_a: `tf.data.Dataset` of batches of `images`, or of
            `(images, conditions)`, such as `image_folder` makes.
        dataset_b: another one.
        seed: int of at least 0, fixes how the second is mixed.

    Returns:
        `tf.data.Dataset` of `(images_a, images_b)`, with as many pictures of
        the one as of the other in a batch.

    Raises:
        ValueError: if a dataset is empty or endless, or `seed` is negative.

    Example:

    ```python
    snapshots, shots = (
        keras_productgen.data.image_folder(
            folder, image_size=128, batch_size=1, labels=None
        )
        for folder in ("snapshots", "shots")
    )
    model.fit(keras_productgen.data.unpaired(snapshots, shots), epochs=200)
    ```
    """
    seed = checked_seed(seed)
    lengths = [
        _length(dataset, name)
        for dataset, name in (
            (dataset_a, "dataset_a"),
            (dataset_b, "dataset_b"),
        )
    ]
    num_batches = max(lengths)
    both = tf.data.Dataset.zip(
        _images(dataset_a).repeat(),
        _mixed(_images(dataset_b).repeat(), num_batches, seed),
    )
    both = both.map(_as_many).take(num_batches)
    both = both.apply(tf.data.experimental.assert_cardinality(num_batches))
    return both.prefetch(2).with_options(pipeline_options())


def _length(dataset, name):
    length = int(dataset.cardinality())
    if length < 1:
        raise ValueError(
            f"`{name}` must have batches, and an end that is known. "
            f"Received: {name} of cardinality {length}"
        )
    return length


def _images(dataset):
    return dataset.map(
        lambda *batch: keras.utils.unpack_x_y_sample_weight(batch)[0]
    )


def _mixed(dataset, num_batches, seed):
    """The first batches of a dataset, in another order in every epoch.

    Not by `tf.data.Dataset.shuffle`: it mixes the global seed into its own.
    """
    epochs = itertools.count()

    def batches():
        generator = np.random.default_rng([int(seed), next(epochs)])
        waiting = []
        for batch in dataset.take(num_batches):
            waiting.append(batch)
            if len(waiting) == MIXED:
                yield waiting.pop(generator.integers(MIXED))
        yield from (waiting[k] for k in generator.permutation(len(waiting)))

    return tf.data.Dataset.from_generator(
        batches, output_signature=dataset.element_spec
    )


def _as_many(images_a, images_b):
    num_images = tf.minimum(tf.shape(images_a)[0], tf.shape(images_b)[0])
    return images_a[:num_images], images_b[:num_images]
