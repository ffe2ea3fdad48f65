import keras
from keras import layers

from keras_productgen.layers import Conv2D
from keras_productgen.layers import Conv2DTranspose
from keras_productgen.layers import ReflectionPadding2D
from keras_productgen.models.attention import attended
from keras_productgen.models.networks import NORMAL_WEIGHTS
from keras_productgen.models.patch_discriminator import normalized
from keras_productgen.models.patch_discriminator import patch_discriminator


def cyclegan_generators(image_size, width, num_blocks, attention=()):
    """Returns a model from `a` and `b` to what would be `a` and `b`."""
    a = keras.Input((None, None, 3), name="a")
    b = keras.Input((None, None, 3), name="b")
    settings = (image_size, width, num_blocks, attention)
    a_to_b = resnet_generator(*settings, name="a_to_b")
    b_to_a = resnet_generator(*settings, name="b_to_a")
    outputs = {"a": b_to_a(b), "b": a_to_b(a)}
    return keras.Model({"a": a, "b": b}, outputs, name="generator")


def cyclegan_discriminators(
    image_size, width, num_layers, attention=(), normalization="instance"
):
    """Returns a model from `a` and `b` to the logits of their patches."""
    inputs, outputs = {}, {}
    for domain in ("a", "b"):
        network = patch_discriminator(
            image_size,
            width,
            num_layers,
            normalization,
            name=f"discriminator_{domain}",
            attention=attention,
        )
        shape = (image_size, image_size, 3)
        inputs[domain] = keras.Input(shape, name=domain)
        outputs[domain] = network(inputs[domain])
    return keras.Model(inputs, outputs, name="discriminator")


def resnet_generator(image_size, width, num_blocks, attention, name):
    """Returns a model from images to images of any size, in `[-1, 1]`.

    Appendix 7.2: c7s1-64, d128, d256, R256 (6 or 9 times), u128, u64, c7s1-3.
    """
    images = keras.Input((None, None, 3), name="images")
    x = ReflectionPadding2D(3)(images)
    x = _activated(Conv2D(width, 7, use_bias=False, **NORMAL_WEIGHTS)(x))
    for filters in (2 * width, 4 * width):
        x = Conv2D(filters, 3, 2, "same", use_bias=False, **NORMAL_WEIGHTS)(x)
        x = _activated(x)
    for _ in range(num_blocks):
        x = _residual_block(x, 4 * width)
    x = attended(x, attention, resolution=image_size // 4)
    for filters in (2 * width, width):
        x = Conv2DTranspose(
            filters, 3, 2, "same", use_bias=False, **NORMAL_WEIGHTS
        )(x)
        x = _activated(x)
        if filters > width:
            x = attended(x, attention, resolution=image_size // 2)
    x = Conv2D(3, 7, **NORMAL_WEIGHTS)(ReflectionPadding2D(3)(x))
    outputs = layers.Activation("tanh", dtype="float32")(x)
    return keras.Model(images, outputs, name=name)


def _residual_block(inputs, filters):
    x = ReflectionPadding2D(1)(inputs)
    x = _activated(Conv2D(filters, 3, use_bias=False, **NORMAL_WEIGHTS)(x))
    x = ReflectionPadding2D(1)(x)
    x = Conv2D(filters, 3, use_bias=False, **NORMAL_WEIGHTS)(x)
    return layers.Add()([inputs, normalized(x, "instance")])


def _activated(x):
    return layers.ReLU()(normalized(x, "instance"))
