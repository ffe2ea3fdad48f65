"""Reads the weights that Keras 2 wrote, in both of its layouts."""

import re

import keras
import numpy as np

from keras_productgen.models.legacy.configs import class_name


def set_weights_from_h5(model, config, group):
    """Sets weights from the group `model_weights` of an `.h5` file."""
    for layer_config in config["config"]["layers"]:
        name = layer_config["config"]["name"]
        if name in group and _attribute(group[name], "weight_names"):
            layer = model.get_layer(name)
            left = _fill(
                _in_old_order(layer, layer_config),
                _arrays_of(group[name]),
                name,
            )
            if left:
                shapes = [array.shape for array in left]
                raise ValueError(
                    "The layers must have as many weights as the file. "
                    f"Received: layer={name}, further shapes={shapes}"
                )


def set_weights_from_keras(model, config, group):
    """Sets weights from the `model.weights.h5` of Keras 2.12 to 2.15."""
    for container in ("_layer_checkpoint_dependencies", "layers"):
        if container in group:
            group = group[container]
            break
    stored = {}
    for layer_config in config["config"]["layers"]:
        if layer_config["class_name"] == "InputLayer":
            continue
        kind = _snake_case(class_name(layer_config).rpartition(">")[2])
        if kind not in stored:
            stored[kind] = _numbered(group, kind)
        layer = model.get_layer(layer_config["config"]["name"])
        if isinstance(layer, keras.Model):
            set_weights_from_keras(layer, layer_config, next(stored[kind]))
        else:
            arrays = _variables_of(next(stored[kind], None))
            _fill(_weights(layer), arrays, layer.name)


def _in_old_order(layer, config):
    """Trainable weights first, then others; the layers in the config's order.

    Keras 3 may order the layers of a nested model in another way.
    """
    if not isinstance(layer, keras.Model):
        return _weights(layer)
    leaves = list(_leaves(layer, config))
    return [
        *(weight for leaf in leaves for weight in leaf.trainable_weights),
        *(weight for leaf in leaves for weight in leaf.non_trainable_weights),
    ]


def _leaves(model, config):
    for layer_config in config["config"]["layers"]:
        if layer_config["class_name"] == "InputLayer":
            continue
        layer = model.get_layer(layer_config["config"]["name"])
        if isinstance(layer, keras.Model):
            yield from _leaves(layer, layer_config)
        else:
            yield layer


def _weights(layer):
    return layer.trainable_weights + layer.non_trainable_weights


def _fill(weights, arrays, layer_name):
    """Gives each weight the first array left of its shape; returns the rest.

    Wrappers ordered their weights in another way when frozen, and their
    shapes tell them apart.
    """
    arrays = list(arrays)
    for weight in weights:
        shape = tuple(weight.shape)
        fitting = (i for i, array in enumerate(arrays) if array.shape == shape)
        index = next(fitting, None)
        if index is None:
            raise ValueError(
                "The file must hold an array for each weight. Received: "
                f"layer={layer_name}, weight={weight.name}, shape={shape}"
            )
        weight.assign(arrays.pop(index))
    return arrays


def _arrays_of(group):
    # WeightNormalization kept a copy of its layer to initialize itself by.
    return [
        group[name][()]
        for name in _attribute(group, "weight_names")
        if "data_dep_init" not in name
    ]


def _attribute(group, name):
    """Lists too long for a header are cut into name0, name1, ..."""
    if name in group.attrs:
        values = group.attrs[name]
    else:
        chunks = []
        while f"{name}{len(chunks)}" in group.attrs:
            chunks.append(group.attrs[f"{name}{len(chunks)}"])
        values = np.concatenate(chunks) if chunks else []
    return [v.decode() if isinstance(v, bytes) else str(v) for v in values]


def _variables_of(group):
    """The arrays of a layer, and of the layer it wraps."""
    if group is None:
        return []
    places = [group, group["layer"]] if "layer" in group else [group]
    return [
        place["vars"][key][()]
        for place in places
        if "vars" in place
        for key in sorted(place["vars"], key=int)
    ]


def _numbered(group, kind):
    """The groups conv2d, conv2d_1, conv2d_2, ... in order of their number."""
    numbers = {kind: 0}
    for name in group:
        match = re.fullmatch(rf"{kind}_(\d+)", name)
        if match:
            numbers[name] = int(match[1])
    names = sorted((n for n in numbers if n in group), key=numbers.get)
    return iter([group[name] for name in names])


def _snake_case(name):
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
