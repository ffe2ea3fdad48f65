"""A U-shaped network of blocks without activation functions."""

import keras
from keras import ops

from keras_productgen import layers
from keras_productgen.models.networks import check_positive

# What a block adds begins next to nothing: a deep network then trains at once.
_SMALL = 1e-2
ENTRY = 2


def nafnet_network(width, encoder_blocks, middle_blocks, channels):
    """Returns the network: images to images, both in `[-1, 1]`.

    Sides must be multiples of `stride_of(encoder_blocks)`.
    """
    images = keras.Input((None, None, channels))
    # Half as high and wide from the first: a quarter of the work.
    x = ops.space_to_depth(images, ENTRY)
    x = layers.Conv2D(width, 3, padding="same")(x)
    skipped = []
    for count in encoder_blocks:
        x = _blocks(x, width, count)
        skipped.append(x)
        width *= 2
        x = layers.Conv2D(width, 2, strides=2, padding="same")(x)
    x = _blocks(x, width, middle_blocks)
    for skip in reversed(skipped):
        width //= 2
        x = layers.Conv2D(4 * width, 1, use_bias=False)(x)
        x = ops.depth_to_space(x, 2) + skip
        x = _blocks(x, width, 1)
    change = layers.Conv2D(
        channels * ENTRY**2,
        3,
        padding="same",
        kernel_initializer=_small(),
        dtype="float32",
    )(x)
    change = ops.depth_to_space(change, ENTRY)
    clean = keras.layers.Add(dtype="float32")([images, change])
    return keras.Model(images, clean, name="nafnet")


def check_blocks(width, encoder_blocks, middle_blocks):
    """Raises a `ValueError` unless all of them are above 0."""
    check_positive(width=width, middle_blocks=middle_blocks)
    for count in encoder_blocks:
        check_positive(encoder_blocks=count)


def stride_of(encoder_blocks):
    """Returns what the sides of pictures must be multiples of."""
    return ENTRY * 2 ** len(encoder_blocks)


def reach_of(encoder_blocks, middle_blocks):
    """Returns how many pixels around one have a say in it, at most.

    Where tiles begin at multiples of the stride, as they do: a pixel of a
    smaller level then stands for whole ones of the larger.
    """
    # The convolutions of 3 x 3 at the two ends, then one in every block; on
    # the way up each level has one.
    pixel, reach = ENTRY, 2 * ENTRY
    for count in encoder_blocks:
        reach += pixel * (count + 1)
        pixel *= 2
    return reach + pixel * middle_blocks


def _blocks(x, width, count):
    for _ in range(count):
        y = layers.LayerNormalization()(x)
        y = layers.Conv2D(2 * width, 1)(y)
        y = keras.layers.DepthwiseConv2D(3, padding="same")(y)
        x = x + layers.Conv2D(width, 1, kernel_initializer=_small())(_gate(y))
        y = layers.LayerNormalization()(x)
        y = layers.Conv2D(2 * width, 1)(y)
        x = x + layers.Conv2D(width, 1, kernel_initializer=_small())(_gate(y))
    return x


def _gate(x):
    """One half of the channels times the other."""
    first, second = ops.split(x, 2, axis=-1)
    return first * second


def _small():
    return keras.initializers.RandomNormal(stddev=_SMALL)
