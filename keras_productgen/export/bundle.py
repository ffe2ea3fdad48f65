"""Writes one version: the SavedModel and what goes with it."""

import dataclasses
import os
import pathlib

import keras
import tensorflow as tf

from keras_productgen.export import batching
from keras_productgen.export import model_card
from keras_productgen.export import provenance
from keras_productgen.export import re_export
from keras_productgen.export import sources
from keras_productgen.export import warm_up
from keras_productgen.export.signatures import DESCRIBE
from keras_productgen.export.signatures import MAX_PIXELS
from keras_productgen.export.signatures import description
from keras_productgen.export.signatures import signatures


@dataclasses.dataclass(frozen=True)
class Settings:
    """What `export.saved_model` is told; see there.

    Args:
        signatures: optional tuple of str.
        batch_sizes: tuple of rising ints.
        max_pixels: int.
        value_range: optional pair of floats.
        card: dict that JSON can hold.
    """

    signatures: tuple | None = None
    batch_sizes: tuple = batching.BATCH_SIZES
    max_pixels: int = MAX_PIXELS
    value_range: tuple | None = None
    card: dict = dataclasses.field(default_factory=dict)

    def __post_init__(self):
        batching.check(self.batch_sizes)
        if not isinstance(self.max_pixels, int) or self.max_pixels < 1:
            raise ValueError(
                "`max_pixels` must be an integer of at least 1. "
                f"Received: max_pixels={self.max_pixels!r}"
            )


def write(model, path, name, settings):
    """Writes a version at `path`. Needs the TensorFlow backend.

    Args:
        model: the model, a path or a name, as `export.saved_model` takes it.
        path: `pathlib.Path` of a folder that exists.
        name: str, what the server will call the model.
        settings: `Settings`.
    """
    source = sources.load(model)
    if source.model is None:
        re_export.write(source, path, name, settings)
        return
    endpoints = _endpoints(source, settings)
    archive = keras.export.ExportArchive()
    for endpoint, function in endpoints.items():
        # Without `track(model)`, which would store every weight twice: the
        # functions bring the variables that they use.
        archive.add_endpoint(endpoint, function)
    archive.write_out(os.fspath(path), verbose=False)
    specs = {key: of.input_signature for key, of in endpoints.items()}
    shape = warm_up.example_shape(source.model, settings.max_pixels)
    warmed = warm_up.write(
        path, name, warm_up.requests(specs, settings.batch_sizes, shape)
    )
    batching.write(path, settings.batch_sizes)
    card = model_card.of_model(
        name, source.model, model_card.described(endpoints), warmed
    )
    model_card.write(path, {**card, "training": source.card | settings.card})
    provenance.write(path, source, card)


def write_as_told(model, path, name, settings):
    """Does the same with what JSON can hold: a path, a dict."""
    write(model, pathlib.Path(path), name, Settings(**settings))


def _endpoints(source, settings):
    """`tf.function`s by signature; the last says what the others are."""
    endpoints = _traced(
        signatures(
            source.model,
            settings.signatures,
            settings.max_pixels,
            settings.value_range,
        )
    )
    told = model_card.told(
        source, model_card.described(endpoints), settings.max_pixels
    )
    return endpoints | _traced({DESCRIBE: description(told)})


def _traced(endpoints):
    """`tf.function`s by signature; two names of one are one function."""
    functions = {}
    for function, specs in endpoints.values():
        if function not in functions:
            functions[function] = tf.function(
                function, input_signature=specs, autograph=False
            )
            # Errors of tracing come before anything is written.
            functions[function].get_concrete_function()
    return {key: functions[of] for key, (of, _) in endpoints.items()}
