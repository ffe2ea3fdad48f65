"""Networks that take conditions, or do without."""

import keras
from keras import layers
from keras import ops

from keras_productgen.layers import BatchNormalization
from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.layers import ScaleAndShift
from keras_productgen.layers import SpectralNormalization
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import condition_inputs
from keras_productgen.models.networks import feature_widths


def conditional_generator(
    image_size, latent_dim, width, categories, vectors, attention=()
):
    widths = feature_widths(image_size, width)[::-1]
    latents = keras.Input((latent_dim,), name="latents")
    conditions = condition_inputs(categories, vectors)
    style = latents
    if conditions:
        style = layers.Concatenate()(
            [latents, *embedded(conditions, categories, latent_dim)]
        )
    x = layers.Dense(4 * 4 * widths[0], use_bias=False)(style)
    x = layers.Reshape((4, 4, widths[0]))(x)
    x = attended(conditional_normalization(x, style), attention)
    for filters in widths[1:]:
        x = Conv2DTranspose(filters, 4, 2, "same", use_bias=False)(x)
        x = attended(conditional_normalization(x, style), attention)
    x = Conv2DTranspose(3, 4, 2, "same")(x)
    images = layers.Activation("tanh", dtype="float32")(x)
    inputs = {"latents": latents, **conditions} if conditions else latents
    return keras.Model(inputs, images, name="generator")


def conditional_normalization(x, style):
    x = BatchNormalization(momentum=0.9, center=False, scale=False)(x)
    return layers.ReLU()(ScaleAndShift()(x, style))


def projection_discriminator(
    image_size, width, categories, vectors, attention=()
):
    images = keras.Input((image_size, image_size, 3), name="images")
    conditions = condition_inputs(categories, vectors)
    features = spectral_features(images, image_size, width, attention)
    logits = SpectralNormalization(layers.Dense(1, use_bias=False))(features)
    # Equation 3 of the paper: how well the picture suits its conditions is
    # the inner product of its features with theirs.
    for embedding in embedded(
        conditions, categories, features.shape[-1], SpectralNormalization
    ):
        logits += layers.Dot(axes=-1)([features, embedding])
    logits = layers.Activation("linear", dtype="float32")(logits)
    inputs = {"images": images, **conditions} if conditions else images
    return keras.Model(inputs, logits, name="discriminator")


def spectral_features(images, image_size, width, attention):
    widths = feature_widths(image_size, width)
    x = images
    for filters in widths:
        x = SpectralNormalization(Conv2D(filters, 4, 2, "same"))(x)
        x = attended(layers.LeakyReLU(0.2)(x), attention, True)
    x = SpectralNormalization(Conv2D(widths[-1], 3, 1, "same"))(x)
    x = layers.LeakyReLU(0.2)(x)
    return layers.GlobalAveragePooling2D()(x)


def embedded(conditions, categories, dim, wrapper=None):
    """One vector of length `dim` for each condition."""
    vectors = []
    for name, tensor in conditions.items():
        if name in categories:
            tensor = ops.one_hot(tensor, categories[name])
        layer = layers.Dense(dim, use_bias=False)
        vectors.append((wrapper(layer) if wrapper else layer)(tensor))
    return vectors
