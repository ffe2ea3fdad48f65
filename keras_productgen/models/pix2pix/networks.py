import math

import keras
from keras import layers

from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.layers import NoiseDropout
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import NORMAL_WEIGHTS
from keras_productgen.models.networks import check_image_size
from keras_productgen.models.patch_discriminator import normalized

# Appendix 6.1.1: CD512-CD512-CD512-C512-C256-C128-C64.
DROPPED = 3


def unet_widths(image_size, width):
    """Filters at each resolution from `image_size // 2` down to 1."""
    check_image_size(image_size, smallest=16, largest=512)
    return [width * min(2**k, 8) for k in range(int(math.log2(image_size)))]


def noise_length(image_size, width):
    """How many numbers decide what is dropped for one picture."""
    widths = unet_widths(image_size, width)[-2::-1][:DROPPED]
    return sum(4**k * filters for k, filters in enumerate(widths, 1))


def unet_generator(
    image_size,
    width,
    channels,
    normalization,
    dropout_at_inference,
    attention=(),
):
    """Returns a model from `sources` and `noise` to images in `[-1, 1]`."""
    source_channels, target_channels = channels
    shape = (image_size, image_size, source_channels)
    sources = keras.Input(shape, name="sources")
    noise = keras.Input((noise_length(image_size, width),), name="noise")
    *skips, x = _encoder(sources, unet_widths(image_size, width), normalization)
    offset = 0
    for depth, skip in enumerate(reversed(skips)):
        x = layers.ReLU()(x)
        x = Conv2DTranspose(
            skip.shape[-1], 4, 2, "same", use_bias=False, **NORMAL_WEIGHTS
        )(x)
        x = normalized(x, normalization)
        if depth < DROPPED:
            dropout = NoiseDropout(0.5, offset, dropout_at_inference)
            offset += math.prod(x.shape[1:])
            x = dropout(x, noise)
        x = layers.Concatenate()([attended(x, attention), skip])
    x = layers.ReLU()(x)
    x = Conv2DTranspose(target_channels, 4, 2, "same", **NORMAL_WEIGHTS)(x)
    images = layers.Activation("tanh", dtype="float32")(x)
    inputs = {"sources": sources, "noise": noise}
    return keras.Model(inputs, images, name="generator")


def _encoder(x, widths, normalization):
    """Returns what each convolution gives, before its activation."""
    outputs = []
    for depth, filters in enumerate(widths):
        # A single pixel has no statistics: the last is not normalized either.
        plain = depth in (0, len(widths) - 1)
        x = layers.LeakyReLU(0.2)(x) if depth else x
        x = Conv2D(filters, 4, 2, "same", use_bias=plain, **NORMAL_WEIGHTS)(x)
        x = x if plain else normalized(x, normalization)
        outputs.append(x)
    return outputs
