"""What can be exported, and where it comes from."""

import dataclasses
import hashlib
import os
import pathlib
import typing

import keras

from keras_productgen import metrics
from keras_productgen import models
from keras_productgen.metrics.learned_quality import load_quality_network
from keras_productgen.models.shipped.packed import read_card

SAVED_MODEL = "saved_model.pb"
QUALITY = "learned_quality"
_EXPECTED = (
    "`model` must be a model, the path of a file that exists (.keras, .h5 or "
    ".npz) or of a SavedModel, or the name of a model that comes along, out of "
)


@dataclasses.dataclass(frozen=True)
class Source:
    """A model to export.

    Args:
        model: Keras model; None for a SavedModel.
        path: `pathlib.Path` of the file or the SavedModel it comes from, or
            None.
        name: str, of the model that comes along, of the file, or of the class.
        card: dict, what it learned from and how; empty where that is unknown.
    """

    model: typing.Any
    path: pathlib.Path | None
    name: str
    card: dict

    def described(self):
        """Where it comes from, as JSON can hold it."""
        if self.path is None:
            return {"name": self.name}
        file_path = self.path
        if file_path.is_dir():
            file_path = file_path / SAVED_MODEL
        with open(file_path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"name": self.name, "file": self.path.name, "sha256": digest}


def check(model):
    """Raises a `ValueError` where there is nothing to load."""
    if isinstance(model, (str, os.PathLike)):
        path = pathlib.Path(model)
        if not (_is_name(model) or path.is_file() or is_saved_model(path)):
            names = [*models.shipped_models(), QUALITY]
            raise ValueError(
                f"{_EXPECTED}{names}. Received: model={os.fspath(model)!r}"
            )


def is_saved_model(model):
    """Whether this is the path of a folder that holds a SavedModel."""
    return isinstance(model, (str, os.PathLike)) and (
        (pathlib.Path(model) / SAVED_MODEL).is_file()
    )


def load(model):
    """Returns the `Source` of a model, of a path or of a name.

    Optimizers are no part of what is exported. Files of Keras 2, with layers
    of tensorflow-addons or without, are read by `models.load_legacy`.
    """
    if not isinstance(model, (str, os.PathLike)):
        return Source(model, None, type(model).__name__, {})
    check(model)
    path = pathlib.Path(model)
    if is_saved_model(path):
        return Source(None, path, path.resolve().name, {})
    if _is_name(model) and model == QUALITY:
        return Source(metrics.LearnedQuality(), None, QUALITY, {})
    if _is_name(model):
        card = models.shipped_models()[model]
        return Source(models.load(model), None, model, card)
    if path.suffix == ".npz":
        return Source(models.unpack(path), path, path.stem, read_card(path))
    return Source(_from_file(path), path, path.stem, {})


def _from_file(path):
    try:
        return models.load_legacy(path)
    except TypeError as error:
        raise ValueError(
            "`model` must be a file whose classes are registered with Keras. "
            f"Received: model={str(path)!r}: {str(error).splitlines()[0]}"
        ) from error


def _is_name(model):
    return isinstance(model, str) and (
        model in (*models.shipped_models(), QUALITY)
        and not pathlib.Path(model).exists()
    )


def network_of(model):
    """What makes the pictures of a model: its averaged generator, if any."""
    if isinstance(model, metrics.LearnedQuality):
        return load_quality_network()
    for name in ("ema_generator", "network"):
        if isinstance(getattr(model, name, None), keras.Model):
            return getattr(model, name)
    return model
