import keras
from keras import layers

from keras_productgen.layers import SpectralNormalization
from keras_productgen.models.attention import attended
from keras_productgen.models.fastgan import blocks
from keras_productgen.models.fastgan.widths import generator_filters
from keras_productgen.models.networks import NORMAL_WEIGHTS
from keras_productgen.models.networks import condition_inputs

# From 4 to 64, 8 to 128, 16 to 256 and 32 to 512.
LONGEST_SKIP = 16


def fastgan_generator(
    image_size,
    latent_dim,
    width,
    categories,
    vectors,
    seed=None,
    attention=(),
):
    """From latents, and conditions, to images; figure 3 of the paper."""
    latents = keras.Input((latent_dim,), name="latents")
    conditions = condition_inputs(categories, vectors)
    wishes = embedded(conditions, categories, latent_dim)
    x = layers.Concatenate()([latents, *wishes]) if wishes else latents
    x = attended(maps_of_four(x, generator_filters(4, width)), attention)
    features, resolution = {4: x}, 4
    skip = min(LONGEST_SKIP, image_size // 4)
    while resolution < image_size:
        resolution *= 2
        filters = generator_filters(resolution, width)
        x = block(x, resolution, filters, seed)
        if resolution // skip in features and resolution <= 512:
            x = blocks.excited(x, features[resolution // skip])
        features[resolution] = x = attended(x, attention)
    x = blocks.convolution(x, 3)
    images = layers.Activation("tanh", dtype="float32")(x)
    inputs = {"latents": latents, **conditions} if conditions else latents
    return keras.Model(inputs, images, name="generator")


def block(x, resolution, filters, seed):
    """Twice the resolution; every second block is a larger one."""
    if resolution in (16, 64, 256, 1024):
        return blocks.upsampled(x, filters)
    first = None if seed is None else seed + resolution
    seeds = (None, None) if seed is None else (first, first + 1)
    return blocks.upsampled_with_noise(x, filters, seeds)


def maps_of_four(x, filters):
    layer = layers.Dense(4 * 4 * 2 * filters, use_bias=False, **NORMAL_WEIGHTS)
    x = layers.Reshape((4, 4, 2 * filters))(SpectralNormalization(layer)(x))
    return blocks.gated(x)


def embedded(conditions, categories, dim):
    """One vector as long and as large as the latents for each condition."""
    vectors = []
    for name, tensor in conditions.items():
        if name in categories:
            tensor = keras.ops.one_hot(tensor, categories[name])
        start = keras.initializers.RandomNormal(stddev=1.0)
        layer = layers.Dense(dim, use_bias=False, kernel_initializer=start)
        vectors.append(layer(tensor))
    return vectors
