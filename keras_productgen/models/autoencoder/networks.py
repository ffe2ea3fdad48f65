import keras
from keras import layers

from keras_productgen.layers import BatchNormalization
from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.models.networks import feature_widths


def autoencoder_encoder(image_size, latent_dim, width):
    images = keras.Input((image_size, image_size, 3), name="images")
    x = images
    for filters in feature_widths(image_size, width):
        x = Conv2D(filters, 4, 2, "same", use_bias=False)(x)
        x = layers.LeakyReLU(0.2)(BatchNormalization()(x))
    x = layers.Flatten()(x)
    latents = layers.Dense(latent_dim, dtype="float32", name="latents")(x)
    return keras.Model(images, latents, name="encoder")


def autoencoder_decoder(image_size, latent_dim, width):
    widths = feature_widths(image_size, width)[::-1]
    latents = keras.Input((latent_dim,), name="latents")
    x = layers.Dense(4 * 4 * widths[0], use_bias=False)(latents)
    x = layers.Reshape((4, 4, widths[0]))(x)
    x = layers.LeakyReLU(0.2)(BatchNormalization()(x))
    for filters in widths[1:]:
        x = Conv2DTranspose(filters, 4, 2, "same", use_bias=False)(x)
        x = layers.LeakyReLU(0.2)(BatchNormalization()(x))
    x = Conv2DTranspose(3, 4, 2, "same")(x)
    images = layers.Activation("tanh", dtype="float32")(x)
    return keras.Model(latents, images, name="decoder")
