import keras
from keras import layers
from keras import ops

from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.layers import InstanceNormalization
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import check_positive
from keras_productgen.models.networks import condition_inputs

STRIDE = 4
# Of the leaky activations, in the authors' code.
SLOPE = 0.01


def star_generator(
    image_size,
    width,
    num_blocks,
    categories,
    vectors,
    blended=False,
    attention=(),
):
    """Returns a model from `images` and conditions to images in `[-1, 1]`.

    Table 4 of the paper. The conditions become feature maps, each of one value.
    """
    images = keras.Input((image_size, image_size, 3), name="images")
    conditions = condition_inputs(categories, vectors)
    maps = [
        tensor if name in vectors else ops.one_hot(tensor, categories[name])
        for name, tensor in conditions.items()
    ]
    # The first normalization leaves of a constant map what its borders make of
    # it. Conditions that scale and shift all maps instead are obeyed sooner,
    # but shapes were exchanged along with colours: the way back undoes both.
    everywhere = ops.ones_like(images[..., :1])
    maps = [everywhere * rows[:, None, None] for rows in maps]
    x = layers.Concatenate()([images, *maps])
    x = _activated(Conv2D(width, 7, 1, "same", use_bias=False)(x))
    for filters in (2 * width, 4 * width):
        x = _activated(Conv2D(filters, 4, 2, "same", use_bias=False)(x))
    for _ in range(num_blocks):
        x = _residual_block(x, 4 * width)
    x = attended(x, attention)
    for filters in (2 * width, width):
        x = Conv2DTranspose(filters, 4, 2, "same", use_bias=False)(x)
        x = attended(_activated(x), attention)
    outputs = Conv2D(3, 7, 1, "same", use_bias=False)(x)
    outputs = layers.Activation("tanh", dtype="float32")(outputs)
    if blended:
        share = Conv2D(1, 7, 1, "same")(x)
        share = layers.Activation("sigmoid", dtype="float32", name="share")(
            share
        )
        outputs = share * outputs + (1.0 - share) * images
    inputs = {"images": images, **conditions}
    return keras.Model(inputs, outputs, name="generator")


def _residual_block(inputs, filters):
    x = _activated(Conv2D(filters, 3, 1, "same", use_bias=False)(inputs))
    x = Conv2D(filters, 3, 1, "same", use_bias=False)(x)
    return layers.Add()([inputs, InstanceNormalization(epsilon=1e-5)(x)])


def _activated(x):
    return layers.ReLU()(InstanceNormalization(epsilon=1e-5)(x))


def star_discriminator(
    image_size, width, num_layers, categories, vectors, attention=()
):
    """Returns a model from images to `logits` and to guesses by name.

    Table 5 of the paper. The logits are one for each patch; a guess is made by
    a convolution as large as its input.
    """
    check_discriminator(image_size, num_layers)
    images = keras.Input((image_size, image_size, 3), name="images")
    x = images
    for depth in range(num_layers):
        x = Conv2D(width * 2**depth, 4, 2, "same")(x)
        x = attended(layers.LeakyReLU(SLOPE)(x), attention)
    logits = Conv2D(
        1, 3, 1, "same", use_bias=False, dtype="float32", name="logits"
    )(x)
    features = layers.Flatten()(x)
    guesses = {
        name: layers.Dense(size, use_bias=False, dtype="float32", name=name)(
            features
        )
        for name, size in {**categories, **vectors}.items()
    }
    outputs = {"logits": logits, **guesses}
    return keras.Model(images, outputs, name="discriminator")


def check_generator(image_size, num_blocks):
    """Raises a `ValueError` for sizes that do not come back in `translate`."""
    check_positive(image_size=image_size, num_blocks=num_blocks)
    if image_size % STRIDE or image_size < 2 * STRIDE:
        raise ValueError(
            f"`image_size` must be a multiple of {STRIDE}, at least "
            f"{2 * STRIDE}. Received: image_size={image_size}"
        )


def check_discriminator(image_size, num_layers):
    check_positive(discriminator_layers=num_layers)
    if 2**num_layers > image_size:
        raise ValueError(
            "`discriminator_layers` must be few enough to leave a pixel of "
            f"{image_size}, which each of them halves. "
            f"Received: discriminator_layers={num_layers}"
        )
