import keras
from keras import layers

from keras_productgen.layers import BatchNormalization
from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.layers import SpectralNormalization
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import feature_widths


def wgan_generator(image_size, latent_dim, width, attention=()):
    widths = feature_widths(image_size, width)[::-1]
    latents = keras.Input((latent_dim,), name="latents")
    x = layers.Dense(4 * 4 * widths[0], use_bias=False)(latents)
    x = layers.Reshape((4, 4, widths[0]))(x)
    x = layers.ReLU()(BatchNormalization(momentum=0.9)(x))
    x = attended(x, attention)
    for filters in widths[1:]:
        x = Conv2DTranspose(filters, 4, 2, "same", use_bias=False)(x)
        x = layers.ReLU()(BatchNormalization(momentum=0.9)(x))
        x = attended(x, attention)
    x = Conv2DTranspose(3, 4, 2, "same")(x)
    images = layers.Activation("tanh", dtype="float32")(x)
    return keras.Model(latents, images, name="generator")


def wgan_critic(image_size, width, attention=(), spectral=False):
    # No batch normalization: it couples the images of a batch, and the
    # gradient penalty is about each image alone.
    images = keras.Input((image_size, image_size, 3), name="images")
    normalized = SpectralNormalization if spectral else lambda layer: layer
    x = images
    for filters in feature_widths(image_size, width):
        x = normalized(Conv2D(filters, 4, 2, "same"))(x)
        x = attended(layers.LeakyReLU(0.2)(x), attention, spectral)
    x = layers.Flatten()(x)
    # No bias: it would cancel between real and fake.
    last = layers.Dense(1, use_bias=False, dtype="float32")
    logits = normalized(last)(x)
    return keras.Model(images, logits, name="critic")
