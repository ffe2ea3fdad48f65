"""What files are tried with: photos, or what models draw from."""

import os

import numpy as np

from keras_productgen import data
from keras_productgen import images
from keras_productgen.data import photo_files
from keras_productgen.export import sources

NUM_SAMPLES = 16
_CATALOG_SIZE = 256


def loaded(model):
    """Returns the `Source` of a Keras model, of a path or of a name.

    Raises:
        ValueError: if it is a SavedModel.
    """
    source = sources.load(model)
    if source.model is None:
        raise ValueError(
            "`model` must be a Keras model, or a file of one: a SavedModel "
            "does not say which part of it is the network. "
            f"Received: model={str(source.path)!r}"
        )
    return source


def as_path(pictures):
    """What another process can be told of pictures."""
    if pictures is None or isinstance(pictures, (str, os.PathLike)):
        return None if pictures is None else os.path.abspath(pictures)
    raise ValueError(
        "`representative` must be the path of a folder on this backend. "
        f"Received: a {type(pictures).__name__}"
    )


def pictures_of(source, num_pictures=NUM_SAMPLES):
    """Returns uint8 RGB arrays.

    Args:
        source: path of a photo or a folder of photos, spread over it; a list
            of such arrays; or None for products of the catalogue.
        num_pictures: int, at most how many.

    Raises:
        ValueError: if there is no picture, or one is no such array.
    """
    if source is None:
        catalog = data.ProductCatalog(
            _CATALOG_SIZE, seed=0, num_items=num_pictures
        )
        return [catalog[index].image for index in range(num_pictures)]
    if not isinstance(source, (str, os.PathLike)):
        return _checked(source)[:num_pictures]
    entries = photo_files.find_photos(source)
    step = max(1, len(entries) // num_pictures)
    found = []
    for entry in entries[::step]:
        try:
            found.append(images.load(entry.file))
        except photo_files.FAILURES:
            continue  # One bad file among many.
    if not found:
        raise ValueError(
            "`representative` must hold pictures that can be read. "
            f"Received: representative={str(source)!r}"
        )
    return found[:num_pictures]


def _checked(source):
    pictures = [np.asarray(picture) for picture in source]
    if not pictures:
        raise ValueError(
            "There must be a picture to learn ranges from, or to compare on. "
            "Received: an empty list"
        )
    for index, picture in enumerate(pictures):
        shape = picture.shape
        whole = len(shape) == 3 and shape[-1] == 3 and picture.size
        if picture.dtype != np.uint8 or not whole:
            raise ValueError(
                "Pictures must be uint8 arrays (height, width, 3). Received: "
                f"number {index}, {picture.dtype} of shape {shape}"
            )
    return pictures


def samples_of(function, source=None, num_samples=NUM_SAMPLES, seed=0):
    """Returns dicts of arrays, one row each, that a `StaticFunction` takes."""
    takes_pictures = any(spec.name == "images" for spec in function.specs)
    pictures = [None] * num_samples
    if takes_pictures or source is not None:
        found = pictures_of(source, num_samples)
        pictures = found if takes_pictures else pictures
    return [
        drawn_row(function, picture, seed + index)
        for index, picture in enumerate(pictures)
    ]


def drawn_row(function, picture=None, seed=0):
    """One row of a picture, or of noise, and of what else is taken."""
    generator = np.random.default_rng(seed)
    return {
        spec.name: _drawn(spec, function, picture, generator)
        for spec in function.specs
    }


def _drawn(spec, function, picture, generator):
    shape, dtype = spec.shape.as_list(), spec.dtype.as_numpy_dtype
    if spec.name in ("images", "wholes"):
        if picture is None:
            picture = generator.integers(0, 256, (*shape[1:3], 3), "uint8")
        # The wholes are what the pieces were cut of.
        shown = _resized if spec.name == "wholes" else cut
        return _scaled(shown(picture, shape[1:3]), shape, function.value_range)
    if spec.name == "masks":
        mask = np.zeros(shape, dtype)
        mask[:, : shape[1] // 4, : shape[2] // 4] = 1
        return mask
    if len(shape) == 2 and spec.name not in ("latents", "noise"):
        return generator.uniform(size=shape).astype(dtype)
    if np.issubdtype(dtype, np.integer):
        size = function.num_categories.get(spec.name, 2)
        return generator.integers(0, size, shape).astype(dtype)
    return generator.normal(size=shape).astype(dtype)


def cut(picture, size):
    """The middle at its own size, where there is as much of it."""
    if any(side < least for side, least in zip(picture.shape, size)):
        return _resized(picture, size)
    top, left = (
        (side - least) // 2 for side, least in zip(picture.shape, size)
    )
    return picture[top : top + size[0], left : left + size[1]]


def _resized(picture, size):
    return images.resize(picture, tuple(size), mode="crop")


def _scaled(picture, shape, value_range):
    low, high = value_range
    picture = picture.astype("float32")
    if shape[-1] == 1:
        picture = picture.mean(axis=-1, keepdims=True)
    return (low + picture * np.float32((high - low) / 255.0)).reshape(shape)
