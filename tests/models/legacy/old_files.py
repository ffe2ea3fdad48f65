"""Files as Keras 2 and tensorflow-addons wrote them, made of plain numbers."""

import dataclasses
import io
import json
import re
import zipfile

import h5py
import numpy as np


@dataclasses.dataclass
class OldLayer:
    """A layer of a chain; `inner` are the weights of the layer it wraps."""

    class_name: str
    config: dict
    trainable: dict = dataclasses.field(default_factory=dict)
    others: dict = dataclasses.field(default_factory=dict)
    inner: dict = dataclasses.field(default_factory=dict)
    name: str = ""


def named(layers):
    return [
        dataclasses.replace(layer, name=f"layer_{i}")
        for i, layer in enumerate(layers)
    ]


def chain_config(layers, input_shape):
    """The config of a functional model of `layers`, one after the other."""
    inputs = {
        "batch_input_shape": [None, *input_shape],
        "dtype": "float32",
        "sparse": False,
        "ragged": False,
        "name": "images",
    }
    entries = [entry("InputLayer", inputs, "images", [])]
    for layer in layers:
        nodes = [[[entries[-1]["name"], 0, 0, {}]]]
        config = {"name": layer.name, "dtype": "float32", **layer.config}
        entries.append(entry(layer.class_name, config, layer.name, nodes))
    config = {
        "name": "model",
        "trainable": True,
        "layers": entries,
        "input_layers": [["images", 0, 0]],
        "output_layers": [[layers[-1].name, 0, 0]],
    }
    return {"class_name": "Functional", "config": config}


def entry(class_name, config, name, inbound_nodes):
    return {
        "class_name": class_name,
        "config": config,
        "name": name,
        "inbound_nodes": inbound_nodes,
    }


def with_modules(config):
    """Says modules and registered names, as Keras 2.13 to 2.15 do."""
    if isinstance(config, list):
        return [with_modules(value) for value in config]
    if not isinstance(config, dict):
        return config
    config = {key: with_modules(value) for key, value in config.items()}
    name = config.get("class_name", "")
    if name == "Functional":
        module = "keras.src.engine.functional"
        return {**config, "module": module, "registered_name": name}
    if name.startswith("Addons>"):
        own = {"class_name": name[7:], "registered_name": name}
        return {**config, "module": "tensorflow_addons.layers", **own}
    if name:
        return {**config, "module": "keras.layers", "registered_name": None}
    return config


def with_modules_in_wrappers(config):
    """Keras 2.13 to 2.15 said in an `.h5` file of what module a layer is."""
    if isinstance(config, list):
        return [with_modules_in_wrappers(value) for value in config]
    if not isinstance(config, dict):
        return config
    return {
        key: with_modules(value)
        if key == "layer"
        else with_modules_in_wrappers(value)
        for key, value in config.items()
    }


def write_h5(path, config, weights):
    """Writes `weights`, a dict of dicts: layer, name of the weight, array."""
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = b"2.15.0"
        file.attrs["model_config"] = json.dumps(config)
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [name.encode() for name in weights]
        for layer, arrays in weights.items():
            names = [f"{layer}/{name}:0" for name in arrays]
            place = group.create_group(layer)
            place.attrs["weight_names"] = [name.encode() for name in names]
            for name, array in zip(names, arrays.values()):
                place[name] = array


def write_keras(path, config, layers):
    config = {**with_modules(config), "compile_config": {"optimizer": "adam"}}
    stored = io.BytesIO()
    with h5py.File(stored, "w") as file:
        counts = {}
        for layer in layers:
            kind = snake_case(layer.class_name.split(">")[-1])
            counts[kind] = counts.get(kind, -1) + 1
            number = f"_{counts[kind]}" if counts[kind] else ""
            place = file.create_group(f"layers/{kind}{number}")
            write_variables(place, {**layer.trainable, **layer.others})
            write_variables(place.create_group("layer"), layer.inner)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", '{"keras_version": "2.15.0"}')
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", stored.getvalue())


def write_variables(group, arrays):
    variables = group.create_group("vars")
    for i, array in enumerate(arrays.values()):
        variables[str(i)] = array


def h5_weights(layers):
    """Trainable weights first; a layer's kernel stood with its wrapper."""
    weights = {}
    for layer in layers:
        trainable = {**layer.trainable, **layer.inner}
        weights[layer.name] = {**trainable, **layer.others}
    return weights


def snake_case(name):
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def normal(rng, *shape):
    return rng.normal(0, 0.3, shape).astype("float32")


def positive(rng, *shape):
    return rng.uniform(0.5, 1.5, shape).astype("float32")


def true():
    return np.array(True)
