"""Which signatures a model has."""

import keras

from keras_productgen import metrics
from keras_productgen import models
from keras_productgen.export.signatures.fillings import fillings
from keras_productgen.export.signatures.generators import generators
from keras_productgen.export.signatures.mattes import mattes
from keras_productgen.export.signatures.plain import plain_signatures
from keras_productgen.export.signatures.reconstructions import (
    feature_reconstructions,
)
from keras_productgen.export.signatures.reconstructions import reconstructions
from keras_productgen.export.signatures.restorations import restorations
from keras_productgen.export.signatures.scores import quality_scores
from keras_productgen.export.signatures.styles import style_generators
from keras_productgen.export.signatures.translations import translations

DEFAULT = "serving_default"
# About 1448 x 1448: it goes through a network in one piece.
MAX_PIXELS = 2**21
# What must be asked for: the discriminator is as large as the generator, and
# of the models that come along it is not trained.
ON_REQUEST = ("score",)


def signatures(model, names=None, max_pixels=MAX_PIXELS, value_range=None):
    """Returns `{name: (function, input_signature)}` of a model.

    `serving_default` is another name of the first.

    Args:
        model: see `export.saved_model`.
        names: optional names of signatures, the first for the default. All but
            `score` of a GAN where None is given.
        max_pixels: int, of the largest picture that models for pictures of
            any size take as a file.
        value_range: optional pair of floats, for Keras models of no family.

    Raises:
        ValueError: if the model is of another kind, has no signature of a
            name, or `value_range` is given for one that has its own.
    """
    check_kind(model)
    endpoints = _all(model, max_pixels, value_range)
    if names is None:
        plain = [name for name in endpoints if name not in ON_REQUEST]
        names = plain or [*endpoints]
    unknown = [name for name in names if name not in endpoints]
    if unknown or not names:
        raise ValueError(
            f"`signatures` must be out of {tuple(endpoints)}. "
            f"Received: signatures={tuple(names)}"
        )
    chosen = {name: endpoints[name] for name in names}
    return {DEFAULT: next(iter(chosen.values())), **chosen}


def check_kind(model):
    """Raises a `ValueError` for what cannot be exported at all."""
    if not isinstance(model, (keras.Model, metrics.LearnedQuality)):
        raise ValueError(
            "`model` must be a model of `keras_productgen.models` (DCGAN, "
            "ConditionalGAN, Pix2Pix, NAFNet, ...), `metrics.LearnedQuality()`,"
            f" or another Keras model. Received: model={model!r}"
        )


def _all(model, max_pixels, value_range):
    if not isinstance(model, (models.ImageModel, metrics.LearnedQuality)):
        return plain_signatures(model, value_range)
    if value_range is not None:
        raise ValueError(
            "`value_range` is for Keras models of no family; a "
            f"{type(model).__name__} has its own. "
            f"Received: value_range={value_range}"
        )
    for kind, function in OF_ANY_SIZE.items():
        if isinstance(model, kind):
            return function(model, max_pixels)
    for kind, function in OTHERS.items():
        if isinstance(model, kind):
            return function(model)
    return plain_signatures(model)


OF_ANY_SIZE = {
    models.ImageRestoration: restorations,
    models.DeepFill: fillings,
    models.MattingUNet: mattes,
}
# Those that inherit stand first.
OTHERS = {
    models.StyleGAN2: style_generators,
    models.FeatureGAN: feature_reconstructions,
    models.AdversarialModel: generators,
    models.ImageTranslation: translations,
    models.Autoencoder: reconstructions,
    metrics.LearnedQuality: quality_scores,
}
