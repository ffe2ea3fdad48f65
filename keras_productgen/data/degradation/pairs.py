"""Clean pictures and what became of them, to train on."""

import numpy as np
import tensorflow as tf

from keras_productgen.data import orders
from keras_productgen.data.pipeline_options import pipeline_options


def pairs(dataset, degradation, seed=None, every_epoch=True):
    """Makes a dataset of `(degraded, clean)` of one of clean pictures.

    Args:
        dataset: a batched `tf.data.Dataset` of images
            `(batch, height, width, channels)` with values 0-255, or of tuples
            whose first is; what else they hold is left away. Its number of
            batches must be known.
        degradation: `Degradation`.
        seed: optional int that fixes what is drawn.
        every_epoch: bool, whether each epoch degrades anew. `False` is for
            validation: the same figures for the same pictures.

    Returns:
        `tf.data.Dataset` of two float32 tensors, 0-255.

    Raises:
        ValueError: if `dataset` is not batched, or of unknown length, or
            `seed` is below 0.

    Example:

    ```python
    noise = keras_productgen.data.degradation.GaussianNoise((0, 50))
    patches = keras_productgen.data.image_patches("photos", seed=0)
    model.fit(keras_productgen.data.degradation.pairs(patches, noise, seed=0))
    ```
    """
    count = int(dataset.cardinality())
    if count < 0:
        raise ValueError(
            "`dataset` must have a known number of batches; repeat it less. "
            f"Received: a dataset of cardinality {count}"
        )
    seed = orders.checked_seed(seed)
    spec = _images_spec(dataset.element_spec)
    shape = _degraded_shape(spec.shape, degradation)

    def degraded(images, epoch, place):
        return degradation(images, (seed, int(epoch), int(place)))

    def pair(epoch, place, *batch):
        images = tf.cast(_first(batch), "float32")
        epoch = epoch if every_epoch else tf.constant(0, "int64")
        worse = tf.numpy_function(degraded, [images, epoch, place], "float32")
        return tf.ensure_shape(worse, shape), images

    def make(epoch):
        return dataset.enumerate().map(
            lambda place, batch: pair(epoch, place, batch),
            num_parallel_calls=2,
            deterministic=True,
        )

    made = orders.each_epoch(make, count)
    return made.prefetch(2).with_options(pipeline_options())


def _first(batch):
    while isinstance(batch, tuple):
        batch = batch[0]
    return batch


def _images_spec(spec):
    spec = _first(spec)
    if spec.shape.rank != 4:
        raise ValueError(
            "`dataset` must hold batches of images (batch, height, width, "
            f"channels). Received: {spec}"
        )
    return spec


def _degraded_shape(shape, degradation):
    """What comes of one picture shows the shape, where sides are known."""
    batch, *image = shape
    if None in image:
        return (batch, None, None, image[-1])
    return (batch, *degradation(np.zeros(image, "float32"), 0).shape)
