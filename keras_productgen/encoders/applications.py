"""Encoders from `keras.applications`, with the user's weights."""

import os
import pathlib

import keras

from keras_productgen.encoders.rescaling import rescaled


def from_application(
    name,
    weights: str | os.PathLike | None = None,
    image_size=224,
    value_range=(0, 255),
):
    """Returns a network of `keras.applications` as an encoder.

    Args:
        name: name of the network, such as `"InceptionV3"` or `"ResNet50"`.
        weights: path of a weights file of the network without its
            classification layers (Keras calls these files `..._notop.h5`), or
            `"imagenet"` to let Keras download it.
        image_size: int, to which pictures are brought; 299 for Inception.
        value_range: pair of floats, the values of black and white in the
            pictures that it will be given. What the network itself expects is
            done inside.

    Returns:
        Frozen `keras.Model` from RGB pictures `(batch, height, width, 3)` of
        any size to float32 features `(batch, dim)`.

    Raises:
        ValueError: if there is no such network, no weights were named, or
            their file does not exist.
    """
    module = _module_of(name)
    weights = _checked_weights(weights)
    network = getattr(module, name)(
        include_top=False,
        weights=weights,
        input_shape=(image_size, image_size, 3),
        pooling="avg",
    )
    images = keras.Input((None, None, 3), name="images", dtype="float32")
    x = keras.layers.Resizing(image_size, image_size, antialias=True)(images)
    features = network(module.preprocess_input(x))
    features = keras.layers.Activation("linear", dtype="float32")(features)
    encoder = keras.Model(images, features, name=network.name)
    encoder.trainable = False
    return rescaled(encoder, value_range)


def _module_of(name):
    modules = {
        network: module
        for module in vars(keras.applications).values()
        if hasattr(module, "preprocess_input")
        for network, value in vars(module).items()
        if callable(value) and network[0].isupper()
    }
    if name not in modules:
        raise ValueError(
            f"`name` must be one of {sorted(modules)}. Received: name={name!r}"
        )
    return modules[name]


def _checked_weights(weights):
    if weights is None:
        raise ValueError(
            "`weights` must be the path of a weights file, or 'imagenet' to "
            "download one: features of an untrained network mean nothing. "
            f"Received: weights={weights}"
        )
    if weights == "imagenet":
        return weights
    if not pathlib.Path(weights).is_file():
        raise ValueError(
            "`weights` must be the path of a file that exists, or 'imagenet'. "
            f"Received: weights={str(weights)!r}"
        )
    return str(weights)
