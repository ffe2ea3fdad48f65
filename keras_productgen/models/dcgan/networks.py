import keras
from keras import layers

from keras_productgen.layers import BatchNormalization
from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.models.networks import feature_widths

# Section 3 of the paper: normal initialization, deviation 0.02.
_WEIGHTS = dict(kernel_initializer=keras.initializers.RandomNormal(0.0, 0.02))
_NORMALIZATION = dict(momentum=0.9, epsilon=1e-5)


def dcgan_generator(image_size, latent_dim, width):
    widths = feature_widths(image_size, width)[::-1]
    latents = keras.Input((latent_dim,), name="latents")
    x = layers.Dense(4 * 4 * widths[0], use_bias=False, **_WEIGHTS)(latents)
    x = layers.Reshape((4, 4, widths[0]))(x)
    x = layers.ReLU()(BatchNormalization(**_NORMALIZATION)(x))
    for filters in widths[1:]:
        x = Conv2DTranspose(filters, 4, 2, "same", use_bias=False, **_WEIGHTS)(
            x
        )
        x = layers.ReLU()(BatchNormalization(**_NORMALIZATION)(x))
    x = Conv2DTranspose(3, 4, 2, "same", **_WEIGHTS)(x)
    images = layers.Activation("tanh", dtype="float32")(x)
    return keras.Model(latents, images, name="generator")


def dcgan_discriminator(image_size, width):
    first, *widths = feature_widths(image_size, width)
    images = keras.Input((image_size, image_size, 3), name="images")
    x = Conv2D(first, 4, 2, "same", **_WEIGHTS)(images)
    x = layers.LeakyReLU(0.2)(x)
    for filters in widths:
        x = Conv2D(filters, 4, 2, "same", use_bias=False, **_WEIGHTS)(x)
        x = layers.LeakyReLU(0.2)(BatchNormalization(**_NORMALIZATION)(x))
    x = layers.Flatten()(x)
    logits = layers.Dense(1, dtype="float32", **_WEIGHTS)(x)
    return keras.Model(images, logits, name="discriminator")
