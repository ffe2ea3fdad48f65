import keras
from keras import layers

from keras_productgen.layers import SpectralNormalization
from keras_productgen.models.attention import attended
from keras_productgen.models.fastgan import blocks
from keras_productgen.models.fastgan.widths import decoder_filters
from keras_productgen.models.fastgan.widths import encoder_filters
from keras_productgen.models.networks import condition_inputs

PART_RESOLUTION = 16
WHOLE_RESOLUTION = 8
LARGEST_RECONSTRUCTION = 128
# From 256 to 32, 128 to 16 and 64 to 8.
LONGEST_SKIP = 8


def reconstruction_size(image_size):
    return min(LARGEST_RECONSTRUCTION, image_size // 2)


def fastgan_discriminator(image_size, width, categories, vectors, attention=()):
    """Figure 4 of the paper, of parts that can be called alone.

    From images, and conditions, to a dict of `logits`, of the image drawn again
    as a `whole`, and of its top left quadrant as a `part`.
    """
    encoder = encoder_network(image_size, width, attention)
    judge = judge_network(width, categories, vectors)
    size = reconstruction_size(image_size)
    whole = decoder_network(WHOLE_RESOLUTION, size, width, "whole")
    part = decoder_network(PART_RESOLUTION, size, width, "part")
    images = keras.Input((image_size, image_size, 3), name="images")
    conditions = condition_inputs(categories, vectors)
    part_maps, whole_maps = encoder(images)
    judged = {"maps": whole_maps, **conditions} if conditions else whole_maps
    outputs = {
        "logits": judge(judged),
        "whole": whole(whole_maps),
        "part": part(part_maps[:, :8, :8]),
    }
    inputs = {"images": images, **conditions} if conditions else images
    return keras.Model(inputs, outputs, name="discriminator")


def encoder_network(image_size, width, attention=()):
    """From images to feature maps of 16 by 16 and of 8 by 8."""
    images = keras.Input((image_size, image_size, 3), name="images")
    x, resolution = stem(images, width)
    features = {resolution: x}
    skip = min(LONGEST_SKIP, resolution // WHOLE_RESOLUTION)
    while resolution > WHOLE_RESOLUTION:
        resolution //= 2
        x = blocks.downsampled(x, encoder_filters(resolution, width))
        if resolution * skip in features:
            x = blocks.excited(x, features[resolution * skip])
        features[resolution] = x = attended(x, attention, True)
    outputs = features[PART_RESOLUTION], features[WHOLE_RESOLUTION]
    return keras.Model(images, outputs, name="encoder")


def stem(images, width):
    """From images to maps of at most 256 by 256, and their resolution."""
    resolution = images.shape[1]
    if resolution <= 256:
        x = blocks.convolution(images, encoder_filters(resolution, width))
        return blocks.leaky_relu(x), resolution
    resolution //= 2
    x = blocks.convolution(images, encoder_filters(resolution, width), 4, 2)
    x = blocks.leaky_relu(x)
    if resolution > 256:
        resolution //= 2
        x = blocks.convolution(x, encoder_filters(resolution, width), 4, 2)
        x = blocks.leaky_relu(blocks.normalized(x))
    return x, resolution


def judge_network(width, categories, vectors):
    """From maps of 8 by 8, and conditions, to 5 by 5 logits."""
    filters = encoder_filters(WHOLE_RESOLUTION, width)
    maps = keras.Input((8, 8, filters), name="maps")
    conditions = condition_inputs(categories, vectors)
    x = blocks.convolution(maps, 2 * filters, 1)
    x = blocks.leaky_relu(blocks.normalized(x))
    logits = blocks.convolution(x, 1, 4, padding="valid")
    logits = layers.Activation("linear", dtype="float32")(logits)
    # How well the picture suits its conditions is the inner product of its
    # features with theirs.
    features = layers.GlobalAveragePooling2D()(x)
    for name, tensor in conditions.items():
        if name in categories:
            tensor = keras.ops.one_hot(tensor, categories[name])
        layer = layers.Dense(2 * filters, use_bias=False)
        embedding = SpectralNormalization(layer)(tensor)
        product = layers.Dot(axes=-1, dtype="float32")([features, embedding])
        logits = logits + layers.Reshape((1, 1, 1), dtype="float32")(product)
    inputs = {"maps": maps, **conditions} if conditions else maps
    return keras.Model(inputs, logits, name="judge")


def decoder_network(resolution, size, width, name):
    """From 8 by 8 places of the maps of a resolution to images of `size`."""
    filters = encoder_filters(resolution, width)
    x = maps = keras.Input((8, 8, filters), name="maps")
    while x.shape[1] < size:
        filters = decoder_filters(2 * x.shape[1], width)
        x = blocks.upsampled(x, filters)
    x = blocks.convolution(x, 3)
    images = layers.Activation("tanh", dtype="float32")(x)
    return keras.Model(maps, images, name=name)
