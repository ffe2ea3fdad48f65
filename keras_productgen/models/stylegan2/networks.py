import math

import keras
from keras import layers
from keras import ops

from keras_productgen.layers import BlurUpsampling2D
from keras_productgen.layers import EqualizedConv2D
from keras_productgen.layers import EqualizedDense
from keras_productgen.layers import LearnedConstant
from keras_productgen.layers import MinibatchStandardDeviation
from keras_productgen.layers import ModulatedConv2D
from keras_productgen.layers import NoiseInjection
from keras_productgen.layers import scaled_leaky_relu
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import condition_inputs
from keras_productgen.models.stylegan2.style_average import StyleAverage

MAPPING_RATE = 0.01


def resolution_widths(image_size, width):
    """Filters at each resolution from `image_size` down to 4."""
    num_resolutions = int(math.log2(image_size)) - 1
    return [width * min(2**k, 8) for k in range(num_resolutions)]


def num_layers(image_size):
    """How many layers of the synthesis take a style of their own."""
    return 2 * int(math.log2(image_size)) - 2


def stylegan2_generator(mapping, synthesis):
    """Both networks, one after the other, with the average between them."""
    inputs = keras.tree.map_structure(
        lambda t: keras.Input(t.shape[1:], dtype=t.dtype, name=t.name),
        mapping.input,
    )
    of_layers = StyleAverage(
        synthesis.input.shape[1], dtype="float32", name="style_average"
    )
    images = synthesis(of_layers(mapping(inputs)))
    return keras.Model(inputs, images, name="generator")


def mapping_network(latent_dim, depth, categories, vectors):
    """From latents and conditions to a style. Always in float32."""
    latents = keras.Input((latent_dim,), name="latents", dtype="float32")
    conditions = condition_inputs(categories, vectors)
    x = ops.rms_normalization(latents, epsilon=1e-8)
    if conditions:
        x = layers.Concatenate(dtype="float32")(
            [x, *embedded(conditions, categories, latent_dim)]
        )
    for _ in range(depth):
        x = EqualizedDense(
            latent_dim,
            learning_rate_multiplier=MAPPING_RATE,
            activation=scaled_leaky_relu,
            dtype="float32",
        )(x)
    inputs = {"latents": latents, **conditions} if conditions else latents
    return keras.Model(inputs, x, name="mapping")


def embedded(conditions, categories, dim):
    """One vector of length `dim`, values around 1, for each condition."""
    vectors = []
    for name, tensor in conditions.items():
        if name in categories:
            # A category picks one row: deviation 1 without any scale.
            tensor = ops.one_hot(tensor, categories[name])
            layer = layers.Dense(
                dim,
                use_bias=False,
                kernel_initializer=keras.initializers.RandomNormal(stddev=1.0),
                dtype="float32",
            )
        else:
            layer = EqualizedDense(dim, dtype="float32")
        vectors.append(layer(tensor))
    return vectors


def synthesis_network(image_size, style_dim, width, seed, attention=()):
    """From a style for each layer to images; "skip" in figure 7."""
    first, *widths = resolution_widths(image_size, width)[::-1]
    count = num_layers(image_size)
    styles = keras.Input((count, style_dim), name="styles", dtype="float32")
    of_layers = ops.unstack(styles, count, axis=1)
    seeds = iter(range(seed, seed + count)) if seed is not None else None

    def convolution(x, filters, style, upsample=False):
        x = ModulatedConv2D(filters, 3, upsample)(x, style)
        x = NoiseInjection(next(seeds) if seeds else None)(x)
        return layers.Activation(scaled_leaky_relu)(x)

    def to_rgb(x, style):
        # In float32, as the sum of many should be.
        layer = ModulatedConv2D(3, 1, demodulate=False, dtype="float32")
        return layer(x, style)

    x = LearnedConstant((4, 4, first))(styles)
    x = attended(convolution(x, first, of_layers[0]), attention)
    images = to_rgb(x, of_layers[1])
    for level, filters in enumerate(widths):
        # The style of an image is that of the next convolution, too.
        own = of_layers[2 * level + 1 : 2 * level + 4]
        x = convolution(x, filters, own[0], upsample=True)
        x = attended(convolution(x, filters, own[1]), attention)
        images = BlurUpsampling2D(dtype="float32")(images)
        images = images + to_rgb(x, own[2])
    return keras.Model(styles, images, name="synthesis")


def stylegan2_discriminator(
    image_size, width, categories, vectors, attention=()
):
    """From images, and conditions, to logits; "residual" in figure 7."""
    first, *widths = resolution_widths(image_size, width)
    images = keras.Input((image_size, image_size, 3), name="images")
    conditions = condition_inputs(categories, vectors)
    x = EqualizedConv2D(first, 1, activation=scaled_leaky_relu)(images)
    for filters in widths:
        x = attended(residual_block(x, filters), attention)
    last = x.shape[-1]
    x = MinibatchStandardDeviation()(x)
    x = EqualizedConv2D(last, 3, activation=scaled_leaky_relu)(x)
    x = layers.Flatten()(x)
    x = EqualizedDense(last, activation=scaled_leaky_relu)(x)
    logits = EqualizedDense(1, dtype="float32")(x)
    # Projection: how well the picture suits its conditions is the inner
    # product of its features with theirs.
    for embedding in embedded(conditions, categories, last):
        product = layers.Dot(axes=-1, dtype="float32")([x, embedding])
        logits = logits + product / math.sqrt(last)
    inputs = {"images": images, **conditions} if conditions else images
    return keras.Model(inputs, logits, name="discriminator")


def residual_block(x, filters):
    """Halves the resolution. The factor keeps the sum's variance at 1."""
    skipped = EqualizedConv2D(filters, 1, downsample=True, use_bias=False)(x)
    x = EqualizedConv2D(x.shape[-1], 3, activation=scaled_leaky_relu)(x)
    x = EqualizedConv2D(
        filters, 3, downsample=True, activation=scaled_leaky_relu
    )(x)
    return (skipped + x) * math.sqrt(0.5)
