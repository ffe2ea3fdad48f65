"""What FastGAN's networks are made of."""

from keras import layers
from keras import ops

from keras_productgen.layers import BatchNormalization
from keras_productgen.layers import Conv2D
from keras_productgen.layers import NoiseInjection
from keras_productgen.layers import SkipLayerExcitation
from keras_productgen.layers import SpectralNormalization
from keras_productgen.models.networks import NORMAL_WEIGHTS


def convolution(x, filters, size=3, strides=1, padding="same"):
    return SpectralNormalization(
        Conv2D(
            filters, size, strides, padding, use_bias=False, **NORMAL_WEIGHTS
        )
    )(x)


def normalized(x):
    return BatchNormalization(momentum=0.9, epsilon=1e-5)(x)


def leaky_relu(x):
    return layers.LeakyReLU(0.2)(x)


def gated(x):
    """Gated linear unit: half of the channels open and close the others."""
    return ops.glu(normalized(x))


def upsampled(x, filters):
    x = layers.UpSampling2D(interpolation="nearest")(x)
    return gated(convolution(x, 2 * filters))


def upsampled_with_noise(x, filters, noise_seeds):
    """A larger block: two convolutions, each followed by noise."""
    x = layers.UpSampling2D(interpolation="nearest")(x)
    for seed in noise_seeds:
        x = convolution(x, 2 * filters)
        x = gated(NoiseInjection(seed)(x))
    return x


def downsampled(x, filters):
    """Half the resolution in two ways, and their mean."""
    direct = convolution(layers.AveragePooling2D(2)(x), filters, 1)
    direct = leaky_relu(normalized(direct))
    x = leaky_relu(normalized(convolution(x, filters, 4, 2)))
    x = leaky_relu(normalized(convolution(x, filters)))
    return (x + direct) * 0.5


def excited(features, guides):
    return SkipLayerExcitation(spectral_normalization=True)(features, guides)
