"""What a reader needs to know of where the numbers come from."""

import datetime
import hashlib
import importlib.metadata
import platform

import keras
import numpy as np

from keras_productgen import encoders
from keras_productgen.models.networks import weights_digest
from keras_productgen.version import __version__


def of_model(model):
    """What identifies a model and its weights."""
    network = getattr(model, "ema_generator", model)
    return {
        "model": type(model).__name__,
        "weights": model.count_params(),
        "generator_weights": network.count_params(),
        "generator_sha256": weights_digest(network),
        "image_shape": list(model.image_shape),
    }


def of_encoder(encoder):
    """What identifies the network that the features come from."""
    return encoders.describe(encoder) | {"weights": encoder.count_params()}


def of_run(seed):
    """When and with what it was measured."""
    versions = {
        "keras_productgen": __version__,
        "keras": keras.__version__,
        "backend": _backend(),
        "numpy": np.__version__,
        "python": platform.python_version(),
    }
    now = datetime.datetime.now(datetime.UTC)
    return {
        "seed": seed,
        "date": now.isoformat("T", "seconds"),
        "versions": versions,
    }


def _backend():
    name = keras.config.backend()
    return f"{name} {importlib.metadata.version(name)}"


def file_digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
