"""What is evaluated: a model, its file, or a folder of pictures."""

import dataclasses
import os
import pathlib
import typing

import keras
import numpy as np

from keras_productgen import models
from keras_productgen.evaluation import facts
from keras_productgen.evaluation.conditions import asked_conditions
from keras_productgen.evaluation.conditions import value_names
from keras_productgen.evaluation.pictures import Pictures
from keras_productgen.evaluation.pictures import read_pictures
from keras_productgen.evaluation.value_range import rescaled


@dataclasses.dataclass
class Subject:
    """A model, or a folder of pictures it is said to have made.

    Args:
        title: name on the page.
        model: the model, or `None`.
        source: path of a folder, `None` for a model.
        facts: dict of what identifies it.
    """

    title: str
    model: typing.Any
    source: str | None
    facts: dict

    @property
    def image_size(self):
        """`(height, width)` of the model's pictures; `None` for a folder."""
        return None if self.model is None else self.model.image_shape[:2]


def open_subject(model_or_folder):
    """Returns the `Subject`.

    Raises:
        ValueError: if it is neither a model, nor a `.keras` file of one, nor
            the name of one that comes with the package, nor a folder.
    """
    if isinstance(model_or_folder, str | os.PathLike):
        path = pathlib.Path(model_or_folder)
        if not path.exists() and str(path) in models.shipped_models():
            return _of_shipped(str(path))
        if path.is_dir():
            return Subject(path.name, None, str(path), {"pictures": str(path)})
        return of_model(_load(path), path)
    model = model_or_folder
    if isinstance(model, Subject):
        return model
    if not hasattr(model, "generate") or not hasattr(model, "image_shape"):
        raise ValueError(
            "`model_or_folder` must be a model that generates, the path of "
            f"one, or a folder of pictures. Received: {type(model).__name__}"
        )
    return of_model(model)


def _of_shipped(name):
    model = models.load(name)
    _check_generates(model, name)
    return dataclasses.replace(of_model(model), title=name)


def _load(path):
    if path.suffix != ".keras" or not path.is_file():
        raise ValueError(
            "`model_or_folder` must be a `.keras` file that exists, the name "
            "of a model that comes with the package, such as 'catalog', or a "
            f"folder of pictures. Received: {str(path)!r}"
        )
    model = keras.saving.load_model(path, compile=False)
    _check_generates(model, path)
    return model


def _check_generates(model, path):
    if not hasattr(model, "generate"):
        raise ValueError(
            "The file must hold a model that generates pictures. "
            f"Received: {path}, a {type(model).__name__}"
        )


def of_model(model, path=None):
    """Returns the `Subject` of a model, perhaps loaded from a file."""
    if path is None:
        return Subject(type(model).__name__, model, None, facts.of_model(model))
    identity = {"file": str(path), "file_sha256": facts.file_digest(path)}
    title = f"{path.parent.name}/{path.name}".lstrip("/")
    return Subject(title, model, None, identity | facts.of_model(model))


def make_pictures(subject, real, num_images, seed):
    """Returns the generated `Pictures`, as many as real ones for a model.

    Returns:
        `(pictures, spread)`, the second the names of conditions that the real
        pictures do not have and the model was asked for evenly.
    """
    model = subject.model
    if model is None:
        shape = real.images.shape[1:3]
        found = read_pictures(subject.source, shape, num_images, seed=seed)
        return found, []
    conditions, spread = asked_conditions(model, real)
    images = model.generate(len(real), seed=seed, conditions=conditions)
    vocabularies = {
        name: value_names(values)
        for name, values in getattr(model, "categories", {}).items()
    }
    pictures = Pictures(
        rescaled(np.asarray(images), model.value_range),
        conditions or {},
        vocabularies,
        "generated",
        [f"seed {seed}, number {number}" for number in range(len(images))],
    )
    return pictures, spread
