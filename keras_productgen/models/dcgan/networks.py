import keras
from keras import layers

from keras_productgen.layers import BatchNormalization
from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.layers import SpectralNormalization
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import NORMAL_WEIGHTS
from keras_productgen.models.networks import feature_widths

_NORMALIZATION = dict(momentum=0.9, epsilon=1e-5)


def dcgan_generator(image_size, latent_dim, width, attention=()):
    widths = feature_widths(image_size, width)[::-1]
    latents = keras.Input((latent_dim,), name="latents")
    x = layers.Dense(4 * 4 * widths[0], use_bias=False, **NORMAL_WEIGHTS)(
        latents
    )
    x = layers.Reshape((4, 4, widths[0]))(x)
    x = layers.ReLU()(BatchNormalization(**_NORMALIZATION)(x))
    x = attended(x, attention)
    for filters in widths[1:]:
        x = Conv2DTranspose(
            filters, 4, 2, "same", use_bias=False, **NORMAL_WEIGHTS
        )(x)
        x = layers.ReLU()(BatchNormalization(**_NORMALIZATION)(x))
        x = attended(x, attention)
    x = Conv2DTranspose(3, 4, 2, "same", **NORMAL_WEIGHTS)(x)
    images = layers.Activation("tanh", dtype="float32")(x)
    return keras.Model(latents, images, name="generator")


def dcgan_discriminator(image_size, width, attention=()):
    first, *widths = feature_widths(image_size, width)
    images = keras.Input((image_size, image_size, 3), name="images")
    x = Conv2D(first, 4, 2, "same", **NORMAL_WEIGHTS)(images)
    x = attended(layers.LeakyReLU(0.2)(x), attention)
    for filters in widths:
        x = Conv2D(filters, 4, 2, "same", use_bias=False, **NORMAL_WEIGHTS)(x)
        x = layers.LeakyReLU(0.2)(BatchNormalization(**_NORMALIZATION)(x))
        x = attended(x, attention)
    x = layers.Flatten()(x)
    logits = layers.Dense(1, dtype="float32", **NORMAL_WEIGHTS)(x)
    return keras.Model(images, logits, name="discriminator")


def spectral_discriminator(image_size, width, attention=()):
    images = keras.Input((image_size, image_size, 3), name="images")
    x = images
    for filters in feature_widths(image_size, width):
        x = SpectralNormalization(Conv2D(filters, 4, 2, "same"))(x)
        x = attended(layers.LeakyReLU(0.2)(x), attention, True)
    x = SpectralNormalization(layers.Dense(1))(layers.Flatten()(x))
    logits = layers.Activation("linear", dtype="float32")(x)
    return keras.Model(images, logits, name="discriminator")
