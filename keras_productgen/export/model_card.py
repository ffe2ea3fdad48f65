"""What clients should know of a version, as JSON inside it."""

import datetime

import keras
import tensorflow as tf

from keras_productgen.conditions.rows import num_values
from keras_productgen.export.signatures import OF_ANY_SIZE
from keras_productgen.export.signatures import tiling
from keras_productgen.export.sources import network_of
from keras_productgen.images import write_json
from keras_productgen.models.default_conditions import default_conditions
from keras_productgen.models.networks import weights_digest
from keras_productgen.version import __version__

FILE = "assets.extra/productgen.json"


def write(path, card):
    """Writes the card where servers leave it alone."""
    write_json(path / FILE, card, default=str)


def of_model(name, model, signatures, warm_up):
    """Returns the card of a Keras model.

    Args:
        name: str, what the server calls the model.
        model: `keras.Model` or `metrics.LearnedQuality`.
        signatures: see `described`.
        warm_up: dict, what `warm_up.write` gave.
    """
    inputs, outputs = signatures
    return {
        "name": name,
        "model": type(model).__name__,
        "config": keras.saving.serialize_keras_object(model)["config"],
        "image_shape": _listed(getattr(model, "image_shape", None)),
        "value_range": _listed(getattr(model, "value_range", None)),
        "scale": getattr(model, "scale", None),
        "latent_dim": getattr(model, "latent_dim", None),
        "conditions": _conditions(model),
        "signatures": inputs,
        "outputs": outputs,
        "weights_sha256": weights_digest(network_of(model)),
        "warm_up": warm_up,
        **of_today(),
    }


def told(source, signatures, max_pixels):
    """Returns what a model says of itself in its signature `describe`.

    Args:
        source: `sources.Source` of a Keras model.
        signatures: see `described`.
        max_pixels: int, of the largest picture that models for pictures of any
            size take.
    """
    model = source.model
    inputs, outputs = signatures
    of_any_size = tuple(OF_ANY_SIZE)
    return {
        "model": type(model).__name__,
        "task": source.card.get("task"),
        "image_shape": _listed(getattr(model, "image_shape", None)),
        "value_range": _listed(getattr(model, "value_range", None)),
        "scale": getattr(model, "scale", None),
        "max_pixels": max_pixels if isinstance(model, of_any_size) else None,
        "tiles": tiling(model, inputs),
        "conditions": _conditions(model),
        "weights_sha256": weights_digest(network_of(model)),
        "signatures": {
            name: {"takes": list(inputs[name]), "gives": list(outputs[name])}
            for name in inputs
        },
    }


def of_today():
    """When and with what."""
    now = datetime.datetime.now(datetime.UTC)
    return {
        "exported": now.isoformat("T", "seconds"),
        "versions": {
            "keras_productgen": __version__,
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
        },
    }


def described(functions):
    """Inputs and outputs of `tf.function`s by signature, as dicts."""
    concrete = {
        name: function.get_concrete_function()
        for name, function in functions.items()
    }
    inputs = {
        name: {spec.name: describe(spec) for spec in function.input_signature}
        for name, function in functions.items()
    }
    outputs = {
        name: {
            key: describe(spec)
            for key, spec in function.structured_outputs.items()
        }
        for name, function in concrete.items()
    }
    return inputs, outputs


def describe(spec):
    """Returns the dtype and the shape of a spec as a dict."""
    rank = spec.shape.rank
    shape = None if rank is None else spec.shape.as_list()
    return {"dtype": spec.dtype.name, "shape": shape}


def _listed(values):
    return None if values is None else list(values)


def _conditions(model):
    conditions = {}
    for name, values in getattr(model, "categories", {}).items():
        conditions[name] = {"kind": "category", "size": num_values(values)}
        if not isinstance(values, int):
            conditions[name]["values"] = list(values)
    for name, dim in getattr(model, "vectors", {}).items():
        conditions[name] = {"kind": "vector", "size": dim}
    for name, values in getattr(model, "labels", {}).items():
        conditions[name] = {"kind": "labels", "size": num_values(values)}
        if not isinstance(values, int):
            conditions[name]["values"] = list(values)
    # A translation has none: what it is not asked to change stays.
    if hasattr(model, "generate"):
        for name, value in default_conditions(model).items():
            conditions[name]["default"] = value
    return conditions
