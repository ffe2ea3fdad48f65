"""Models from files and their pictures as files."""

import pathlib
import zipfile

import numpy as np
import typer

from keras_productgen.cli.quiet import import_keras


def load_model(path):
    """Returns the GAN in a file, or of a name, ready to generate."""
    path = pathlib.Path(path)
    is_file = path.is_file()
    if not is_file and (path.suffix or len(path.parts) != 1):
        raise typer.BadParameter(
            "must be a .keras file that exists, or the name of a model that "
            f"comes with the package. Received: {str(path)!r}",
            param_hint="MODEL",
        )
    if is_file and not zipfile.is_zipfile(path):
        raise ValueError(
            "MODEL must be a file that `model.save` has written. "
            f"Received: {path}, which is damaged or of another kind"
        )
    import_keras()

    import keras

    from keras_productgen import models

    if not is_file:
        return _shipped(path.name)
    if path.suffix == ".npz":
        return models.unpack(path)
    model = keras.saving.load_model(path, compile=False)
    if not isinstance(model, models.AdversarialModel):
        raise ValueError(
            "MODEL must hold a GAN of keras_productgen.models. "
            f"Received: {path}, a {type(model).__name__}"
        )
    return model


def _shipped(name):
    from keras_productgen import models

    names = list(models.shipped_models())
    if name not in names:
        raise typer.BadParameter(
            "must be a .keras file that exists, or the name of a model that "
            f"comes with the package, out of {names}. Received: {name!r}",
            param_hint="MODEL",
        )
    return models.load(name)


def model_of(model, path):
    """A model as of a record: the name of its file, the hash of its weights."""
    from keras_productgen.models.networks import weights_digest

    return {"name": pathlib.Path(path).name, "sha256": weights_digest(model)}


def generated(model, producer="", label=True, marks=None):
    """Returns the `Labelling` of pictures that a trained model makes.

    Args:
        model: dict, as of a record.
        producer: str, who answers for the pictures.
        label: bool, whether files say where they come from.
        marks: optional dict, as of `checked_marks`.
    """
    from keras_productgen.publishing.provenance.labelling import Labelling

    origin = {"source_type": "trainedAlgorithmicMedia", "model": model}
    return Labelling(origin, producer, label, marks or {})


def as_uint8(pictures, value_range):
    """Brings pictures from the `value_range` of a model to 0-255, uint8."""
    from keras_productgen import images

    low, high = value_range
    return images.to_uint8((np.asarray(pictures) - low) * 255.0 / (high - low))


def check_free(paths, force):
    """Refuses to overwrite files unless `force` is given."""
    taken = [path for path in paths if path.exists()]
    if taken and not force:
        raise ValueError(
            "Files must not exist yet, unless you say --force. "
            f"Received: {taken[0]}"
            + (f" and {len(taken) - 1} more" if len(taken) > 1 else "")
        )
