"""The network that looks for the product in a picture."""

import keras
from keras import ops

from keras_productgen import layers

ENTRY = 2


def stride_of(levels):
    """Returns what the sides of pictures must be multiples of."""
    return ENTRY * 2 ** (len(levels) - 1)


def matting_network(width, levels):
    """Returns a network from images in `[-1, 1]` to mattes in `[-1, 1]`.

    A U-Net that begins at half the size, four pixels in a place. At the bottom
    it sees the mean over the whole picture: what is product is a matter of all
    of it. Sides must be multiples of `stride_of(levels)`.

    Args:
        width: int, number of filters at half the size.
        levels: tuple of ints, filters of each level in multiples of `width`.
    """
    images = keras.Input((None, None, 3))
    x = ops.space_to_depth(images, ENTRY)
    x = _convolution(x, width)
    skipped = []
    for times in levels[:-1]:
        x = _block(x, times * width)
        skipped.append(x)
        x = _convolution(x, times * width, strides=2)
    x = _block(x, levels[-1] * width)
    x = _seen_as_a_whole(x)
    x = _block(x, levels[-1] * width)
    for skip in reversed(skipped):
        x = keras.layers.UpSampling2D(2)(x)
        x = keras.layers.Concatenate()([x, skip])
        x = _block(x, skip.shape[-1])
    logits = layers.Conv2D(ENTRY**2, 3, padding="same", dtype="float32")(x)
    logits = ops.depth_to_space(logits, ENTRY)
    # tanh(x / 2) is the sigmoid, from -1 to 1.
    return keras.Model(images, ops.tanh(logits / 2.0), name="matting_unet")


def _convolution(x, filters, strides=1):
    x = layers.Conv2D(
        filters, 3, strides=strides, padding="same", use_bias=False
    )(x)
    # Right after dozens of steps already, and not after hundreds.
    x = layers.BatchNormalization(momentum=0.9)(x)
    return keras.layers.ReLU()(x)


def _block(x, filters):
    return _convolution(_convolution(x, filters), filters)


def _seen_as_a_whole(x):
    """Adds to each place what the whole picture says."""
    filters = x.shape[-1]
    whole = keras.layers.GlobalAveragePooling2D(keepdims=True)(x)
    whole = keras.layers.Dense(filters, activation="relu")(whole)
    return x + keras.layers.Dense(filters)(whole)
