"""How the networks of super-resolution end."""

from keras import ops

from keras_productgen import layers


def enlarged(x, scale, channels):
    """Returns larger images of feature maps, in one convolution laid out.

    Args:
        x: Keras tensor `(batch, height, width, filters)`.
        scale: int.
        channels: int, of the images.
    """
    x = layers.Conv2D(channels * scale**2, 3, padding="same", dtype="float32")(
        x
    )
    return ops.depth_to_space(x, scale) if scale > 1 else x


def nearest(images, scale):
    """Returns images each of whose pixels has become a square."""
    return ops.repeat(ops.repeat(images, scale, axis=1), scale, axis=2)
