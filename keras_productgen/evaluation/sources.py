"""Pictures from wherever they are: a model, its file, a folder, an array."""

import os
import pathlib

import keras
import numpy as np

from keras_productgen.evaluation.conditions import spread_conditions
from keras_productgen.evaluation.drawn_pictures import check_num_images
from keras_productgen.evaluation.pictures import Pictures
from keras_productgen.evaluation.pictures import read_pictures
from keras_productgen.evaluation.value_range import rescaled


def named(sources):
    """Returns a dict from names to sources; of paths, the names are theirs.

    Args:
        sources: dict, or a list of models, arrays and paths.
    """
    if isinstance(sources, dict):
        return {str(name): source for name, source in sources.items()}
    names = [
        str(source)
        if isinstance(source, str | os.PathLike)
        else f"{getattr(source, 'name', 'pictures')} {number}"
        for number, source in enumerate(sources, 1)
    ]
    if len(set(names)) < len(names):
        raise ValueError(
            "Each model must have a name of its own: give a dict. "
            f"Received: {names}"
        )
    return dict(zip(names, sources))


def opened(source):
    """Loads the model where `source` is the path of a `.keras` file."""
    if not isinstance(source, str | os.PathLike):
        return source
    path = pathlib.Path(source)
    if path.is_dir():
        return path
    if not path.is_file():
        raise ValueError(
            "A path must be a `.keras` file or a folder of pictures. "
            f"Received: {str(source)!r}, which does not exist"
        )
    return keras.saving.load_model(path, compile=False)


def pictures(source, num_images, seed, image_size=64, conditions=None):
    """Returns up to `num_images` `Pictures`.

    Args:
        source: model with a method `generate`, folder as a path, or array
            `(num_images, height, width, 3)` of values 0-255.
        num_images: int, at most how many.
        seed: int, of what a model makes, and of the choice from a folder or
            an array.
        image_size: int or `(height, width)` of the pictures of a folder.
        conditions: optional dict for a model that takes some, rows for its
            pictures. Those that are not here are spread evenly over their
            values.

    Raises:
        ValueError: if `source` is something else, its values are plainly not
            0-255 or no numbers, or `num_images` is below 1.
    """
    check_num_images(num_images)
    if hasattr(source, "generate"):
        wanted = _wanted(source, conditions or {}, num_images)
        made = source.generate(num_images, seed=seed, conditions=wanted)
        made = rescaled(made, getattr(source, "value_range", (0, 255)))
        names = [f"seed {seed}, number {k}" for k in range(len(made))]
        return Pictures(made, wanted or {}, {}, "generated", names)
    is_array = hasattr(source, "__array__") and np.ndim(source) == 4
    if isinstance(source, pathlib.Path) or is_array:
        return read_pictures(source, image_size, num_images, seed=seed)
    raise ValueError(
        "Pictures must come from a model with `generate`, a `.keras` file, a "
        "folder, or an array (num_images, height, width, 3). "
        f"Received: {type(source).__name__}"
    )


def _wanted(model, conditions, num_images):
    rows = np.arange(num_images)
    return {
        name: np.asarray(conditions[name])[rows % len(conditions[name])]
        if name in conditions
        else evenly
        for name, evenly in spread_conditions(model, num_images).items()
    } or None
