"""Writes one version: the SavedModel and what goes with it."""

import os

import keras

from keras_productgen.export.model_card import write_model_card
from keras_productgen.export.signatures import signatures
from keras_productgen.export.warm_up import write_warm_up
from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.image_translation import ImageTranslation

EXPORTABLE = (AdversarialModel, ImageTranslation)
NOT_EXPORTABLE = (
    "`model` must be a GAN or a translation of `keras_productgen.models` "
    "(DCGAN, WGANGP, ConditionalGAN, Pix2Pix, CycleGAN, ...); "
    "export other Keras models by `model.export()`. Received: "
)


def write(model, path, name):
    """Writes a version at `path`. Needs the TensorFlow backend.

    Args:
        model: the model, or the path of its `.keras` file.
        path: a folder that exists.
        name: what the server will call the model.
    """
    if isinstance(model, (str, os.PathLike)):
        # Optimizers are no part of what is served.
        model = keras.saving.load_model(model, compile=False)
    if not isinstance(model, EXPORTABLE):
        raise ValueError(NOT_EXPORTABLE + f"model={model!r}")
    endpoints = signatures(model)
    archive = keras.export.ExportArchive()
    for endpoint, (function, specs) in endpoints.items():
        # Without `track(model)`, which would store every weight twice: the
        # functions bring the variables that they use.
        archive.add_endpoint(endpoint, function, specs)
    archive.write_out(os.fspath(path), verbose=False)
    warm_up = write_warm_up(path, name, endpoints, model.image_shape)
    write_model_card(path, name, model, endpoints, warm_up)
