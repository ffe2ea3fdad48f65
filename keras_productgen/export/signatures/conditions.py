"""The conditions of a model as tensors that a signature takes."""

import tensorflow as tf

from keras_productgen.conditions.rows import num_values


def condition_specs(model):
    """The `tf.TensorSpec`s of a model's conditions; none for one without."""
    categories = [
        tf.TensorSpec([None], tf.int32, name=name)
        for name in getattr(model, "categories", {})
    ]
    vectors = [
        tf.TensorSpec([None, dim], tf.float32, name=name)
        for name, dim in getattr(model, "vectors", {}).items()
    ]
    labels = [
        tf.TensorSpec([None, num_values(values)], tf.float32, name=name)
        for name, values in getattr(model, "labels", {}).items()
    ]
    return categories + vectors + labels


def checked_conditions(model, conditions):
    """Names the conditions; a category that does not exist fails the call."""
    names = [spec.name for spec in condition_specs(model)]
    conditions = dict(zip(names, conditions))
    for name, values in getattr(model, "categories", {}).items():
        last = num_values(values) - 1
        ids = conditions[name]
        # Networks take categories one-hot: others would pass, as zeros.
        tf.debugging.Assert(
            tf.reduce_all((ids >= 0) & (ids <= last)),
            [f"`{name}` must be from 0 to {last}. Received:", ids],
        )
    return conditions
