"""The encoders that come with the package."""

import pathlib

import keras

from keras_productgen.encoders.rescaling import rescaled

_DIRECTORY = pathlib.Path(__file__).parent


def load(name="products", value_range=(0, 255)):
    """Returns an encoder that ships with the package.

    `"products"` was trained without labels on the procedural catalogue and on
    photos of clothes: to tell which views belong to one picture, how they are
    turned and what damage they took (measured in `docs/results/encoder.md`).
    Distances between its features rank
    generators of product pictures. They cannot be compared with published FID
    or KID figures: those were computed with Inception, trained on ImageNet.

    Args:
        name: name of an encoder, `"products"`.
        value_range: pair of floats, the values of black and white in the
            pictures that it will be given.

    Returns:
        Frozen `keras.Model` from RGB pictures `(batch, height, width, 3)` of
        any size to float32 features `(batch, 232)`, each with a mean near 0 and
        a variance near 1 on what it was trained on.

    Raises:
        ValueError: if there is no encoder of this name.
    """
    path = _DIRECTORY / f"{name}.keras"
    known = sorted(path.stem for path in _DIRECTORY.glob("*.keras"))
    if name not in known:
        raise ValueError(
            f"`name` must be one of {known}; `from_application` takes your own "
            f"weights. Received: name={name!r}"
        )
    encoder = keras.saving.load_model(path, compile=False)
    encoder.trainable = False
    return rescaled(encoder, value_range)
