"""Penalties on the slope of a discriminator, as functions of its input."""

import keras
from keras import ops

from keras_productgen import backend

_WRONG_ON_TENSORFLOW = {
    keras.layers.BatchNormalization: "BatchNormalization",
    keras.layers.GroupNormalization: "InstanceNormalization",
    keras.layers.LayerNormalization: "LayerNormalization",
}


def gradient_penalty(discriminator, images):
    """Mean squared deviation from 1 of the slope of `discriminator`.

    Args:
        discriminator: function from images to logits, such as a
            `keras.Model`.
        images: float tensor of shape `(batch, height, width, channels)`.

    Returns:
        Scalar, float32.

    Raises:
        ValueError: on TensorFlow, if `discriminator` is a model with one of
            Keras' normalization layers, whose second derivatives are wrong
            there; the message names the layer to take instead.

    Reference:
    - [Gulrajani et al., 2017](https://arxiv.org/abs/1704.00028), equation 3
    """
    slopes = ops.sqrt(_squared_slopes(discriminator, images) + 1e-12)
    return ops.mean((slopes - 1.0) ** 2)


def r1_penalty(discriminator, real_images):
    """Mean squared slope of `discriminator` at real images.

    Args, returned value and errors are those of `gradient_penalty`. The paper
    weighs the penalty by `gamma / 2`.

    Reference:
    - [Mescheder et al., 2018](https://arxiv.org/abs/1801.04406), equation 9
    """
    return ops.mean(_squared_slopes(discriminator, real_images))


def _squared_slopes(discriminator, images):
    check_second_derivatives(discriminator)
    gradients = backend.input_gradient(discriminator, images)
    axes = tuple(range(1, len(images.shape)))
    return ops.sum(ops.cast(gradients, "float32") ** 2, axis=axes)


def check_second_derivatives(discriminator):
    """Raises the `ValueError` that `gradient_penalty` speaks of."""
    if backend.EXACT_SECOND_DERIVATIVES_OF_MOMENTS:
        return
    if not isinstance(discriminator, keras.Layer):
        return
    for layer in discriminator._flatten_layers():
        if type(layer) in _WRONG_ON_TENSORFLOW:
            mend = _WRONG_ON_TENSORFLOW[type(layer)]
            raise ValueError(
                "Under a gradient penalty the layers of the discriminator must "
                "have exact second derivatives, which this layer lacks on "
                f"TensorFlow: use keras_productgen.layers.{mend}. "
                f"Received: layer={layer}"
            )
