"""The discriminator that judges a picture patch by patch."""

import math

import keras
from keras import layers

from keras_productgen.layers import BatchNormalization
from keras_productgen.layers import Conv2D
from keras_productgen.layers import InstanceNormalization
from keras_productgen.layers import SpectralNormalization
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import NORMAL_WEIGHTS

NORMALIZATIONS = ("instance", "batch")
SPECTRAL = "spectral"


def patch_discriminator(
    image_size,
    width,
    num_layers,
    normalization,
    channels=3,
    given_channels=0,
    name="discriminator",
    attention=(),
):
    """Returns a model from images to one logit for each of their patches.

    With three layers a patch is 70 pixels wide.

    Args:
        image_size: int, height and width of the images.
        width: int, filters of the first convolution; they double with each
            further one, up to 8 times `width`.
        num_layers: int, convolutions that halve the size.
        normalization: `"instance"` or `"batch"`, or `"spectral"`: of the
            kernels, in place of the feature maps.
        channels: int, channels of the images.
        given_channels: int, channels of the pictures that the images were made
            from: above 0 the model takes a dict of `sources` and `images`.
        name: str, the name of the model.
        attention: tuple of ints, the resolutions that get a `SelfAttention`;
            those that the discriminator does not have are left out.

    Raises:
        ValueError: if `num_layers` leaves no patch.
    """
    _check_layers(image_size, num_layers)
    images = keras.Input((image_size, image_size, channels), name="images")
    inputs = x = images
    if given_channels:
        shape = (image_size, image_size, given_channels)
        sources = keras.Input(shape, name="sources")
        inputs = {"sources": sources, "images": images}
        x = layers.Concatenate()([sources, images])
    spectral = normalization == SPECTRAL
    for depth in range(num_layers + 1):
        filters = width * min(2**depth, 8)
        halving = {"strides": 2, "padding": "same"}
        if depth == num_layers:
            x, halving = layers.ZeroPadding2D()(x), {}
        # A normalization that follows takes the bias away again.
        bias = spectral or depth == 0
        x = _convolution(spectral, filters, use_bias=bias, **halving)(x)
        x = normalized(x, normalization) if depth else x
        x = attended(layers.LeakyReLU(0.2)(x), attention, spectral)
    x = layers.ZeroPadding2D()(x)
    logits = _convolution(spectral, 1, dtype="float32")(x)
    return keras.Model(inputs, logits, name=name)


def _convolution(spectral, filters, dtype=None, **kwargs):
    layer = Conv2D(filters, 4, dtype=dtype, **NORMAL_WEIGHTS, **kwargs)
    return SpectralNormalization(layer, dtype=dtype) if spectral else layer


def normalized(x, normalization):
    if normalization == SPECTRAL:  # It is the convolution that is.
        return x
    if normalization == "batch":
        return BatchNormalization(momentum=0.9, epsilon=1e-5)(x)
    return InstanceNormalization(epsilon=1e-5)(x)


def check_normalization(normalization):
    if normalization not in NORMALIZATIONS:
        raise ValueError(
            f"`normalization` must be one of {NORMALIZATIONS}. "
            f"Received: normalization={normalization!r}"
        )


def _check_layers(image_size, num_layers):
    # Two convolutions of 4 by 4 with a border of 1 take a pixel each.
    num_patches = math.ceil(image_size / 2 ** max(num_layers, 0)) - 2
    if num_layers < 1 or num_patches < 1:
        raise ValueError(
            "`discriminator_layers` must be at least 1, and few enough to "
            f"leave a patch of {image_size} pixels. "
            f"Received: discriminator_layers={num_layers}"
        )
