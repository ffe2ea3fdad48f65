"""Curves that brighten, and the network that estimates them."""

import keras
from keras import ops

from keras_productgen import layers
from keras_productgen.models.networks import NORMAL_WEIGHTS

REACH = 7


def zero_dce_network(width, num_iterations, channels):
    """Returns a model from images to `[brighter_images, curves]`.

    Images are in `[-1, 1]`; curves are maps `(batch, height, width,
    num_iterations * channels)` of how far each pixel is bent at each iteration.

    Reference:
    - [Guo et al., 2020](https://arxiv.org/abs/2001.06826), figures 2 and 3
    """
    images = keras.Input((None, None, channels))
    # Beyond black and white the curves would lead ever further.
    light = ops.clip(0.5 * images + 0.5, 0.0, 1.0)

    def convolved(x):
        x = layers.Conv2D(width, 3, padding="same", **NORMAL_WEIGHTS)(x)
        return keras.layers.ReLU()(x)

    x1 = convolved(light)
    x2 = convolved(x1)
    x3 = convolved(x2)
    x4 = convolved(x3)
    x5 = convolved(ops.concatenate([x3, x4], axis=-1))
    x6 = convolved(ops.concatenate([x2, x5], axis=-1))
    x = ops.concatenate([x1, x6], axis=-1)
    curves = layers.Conv2D(
        num_iterations * channels,
        3,
        padding="same",
        activation="tanh",
        dtype="float32",
        **NORMAL_WEIGHTS,
    )(x)
    for curve in ops.split(curves, num_iterations, axis=-1):
        light = brightened(light, curve)
    return keras.Model(images, [2.0 * light - 1.0, curves], name="zero_dce")


def brightened(light, curve):
    """Bends values in `[0, 1]` up where `curve` is above 0, else down.

    Black, white and the order of values stay for `curve` in `[-1, 1]`
    (equation 2).
    """
    return light + curve * light * (1.0 - light)
