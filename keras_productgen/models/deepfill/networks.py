"""A generator of gated convolutions, and the discriminator of patches."""

import keras
from keras import layers

from keras_productgen.layers import Conv2D
from keras_productgen.layers import GatedConv2D
from keras_productgen.layers import SpectralNormalization

# Reach beyond any hole at a quarter of the size: 16 there are 64 pixels.
DILATIONS = (2, 4, 8, 16)
# Half of what a gated convolution finds is let through at the beginning: twice
# the deviation of the weights keeps that of the features.
_GATED = {
    "kernel_initializer": {
        "class_name": "VarianceScaling",
        "config": {"scale": 4.0, "mode": "fan_in"},
    }
}
# What is added to the coarse images begins next to nothing.
_SMALL = {
    "class_name": "RandomNormal",
    "config": {"mean": 0.0, "stddev": 1e-3},
}


def deepfill_generator(image_size, width):
    """Returns a model from `images` and `masks` to images.

    Images are in `[-1, 1]`, those that go in with holes filled coarsely; masks
    `(batch, image_size, image_size, 1)` are 1 in the holes, where alone what
    comes out is another image, and may leave the range.
    """
    images = keras.Input((image_size, image_size, 3), name="images")
    masks = keras.Input((image_size, image_size, 1), name="masks")
    x = layers.Concatenate()([images, masks])
    full = GatedConv2D(width, 5, **_GATED)(x)
    x = GatedConv2D(2 * width, 3, strides=2, **_GATED)(full)
    half = GatedConv2D(2 * width, 3, **_GATED)(x)
    x = GatedConv2D(4 * width, 3, strides=2, **_GATED)(half)
    x = GatedConv2D(4 * width, 3, **_GATED)(x)
    for dilation in DILATIONS:
        x = x + GatedConv2D(4 * width, 3, dilation_rate=dilation, **_GATED)(x)
    x = GatedConv2D(4 * width, 3, **_GATED)(x)
    for skip in (half, full):
        x = layers.UpSampling2D()(x)
        x = layers.Concatenate()([x, skip])
        x = GatedConv2D(skip.shape[-1], 3, **_GATED)(x)
    change = Conv2D(
        3, 3, padding="same", kernel_initializer=_SMALL, dtype="float32"
    )(x)
    # Around the holes there is nothing to learn, and much to unlearn.
    change = layers.Multiply(dtype="float32")([change, masks])
    outputs = layers.Add(dtype="float32")([images, change])
    inputs = {"images": images, "masks": masks}
    return keras.Model(inputs, outputs, name="generator")


def patch_discriminator(image_size, width, num_layers):
    """Returns a model from `images` and `masks` to maps of logits.

    The features of the last convolution are the logits: each judges what it
    sees of the picture (SN-PatchGAN, section 3.3).

    Raises:
        ValueError: if `num_layers` halve the size beyond a pixel.
    """
    if not 1 <= num_layers or 2**num_layers > image_size:
        raise ValueError(
            "`discriminator_layers` must be at least 1, and few enough to "
            f"leave a pixel of {image_size}. "
            f"Received: discriminator_layers={num_layers}"
        )
    images = keras.Input((image_size, image_size, 3), name="images")
    masks = keras.Input((image_size, image_size, 1), name="masks")
    x = layers.Concatenate()([images, masks])
    for depth in range(num_layers):
        x = layers.LeakyReLU(0.2)(x) if depth else x
        filters = 2 * width * min(2**depth, 4)
        x = SpectralNormalization(Conv2D(filters, 5, 2, "same"))(x)
    logits = layers.Activation("linear", dtype="float32")(x)
    inputs = {"images": images, "masks": masks}
    return keras.Model(inputs, logits, name="discriminator")
