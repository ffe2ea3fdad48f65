"""What clients should know of a version, as JSON inside it."""

import datetime
import hashlib
import json

import keras
import tensorflow as tf

from keras_productgen.models.conditions import num_values
from keras_productgen.version import __version__


def write_model_card(path, name, model, endpoints, warm_up):
    """Writes `assets.extra/productgen.json`, which servers leave alone."""
    folder = path / "assets.extra"
    folder.mkdir(exist_ok=True)
    card = {
        "name": name,
        "model": type(model).__name__,
        "config": keras.saving.serialize_keras_object(model)["config"],
        "image_shape": list(model.image_shape),
        "value_range": list(model.value_range),
        "latent_dim": getattr(model, "latent_dim", None),
        "conditions": _conditions(model),
        "signatures": {
            signature: {spec.name: _describe(spec) for spec in specs}
            for signature, (_, specs) in endpoints.items()
        },
        "weights_sha256": _digest(model.ema_generator),
        "warm_up": warm_up,
        "exported": datetime.datetime.now(datetime.UTC).isoformat(
            "T", "seconds"
        ),
        "versions": {
            "keras_productgen": __version__,
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
        },
    }
    text = json.dumps(card, indent=2, default=str)
    (folder / "productgen.json").write_text(text + "\n", "utf-8")


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
    return conditions


def _describe(spec):
    return {"dtype": spec.dtype.name, "shape": spec.shape.as_list()}


def _digest(network):
    """A fingerprint of the weights: equal for equal pictures."""
    digest = hashlib.sha256()
    for weight in network.get_weights():
        digest.update(weight.tobytes())
    return digest.hexdigest()
