"""Turns the configs of Keras 2 and tensorflow-addons into those of Keras 3."""

import keras

from keras_productgen.layers import addons
from keras_productgen.models.legacy import nodes

# What Keras has under a name of its own. Models made of these need nothing but
# Keras once they are saved again.
LAYERS_IN_KERAS = {
    "Addons>InstanceNormalization": "GroupNormalization",
    "Addons>GroupNormalization": "GroupNormalization",
    "Addons>SpectralNormalization": "SpectralNormalization",
    **{
        f"Addons>Adaptive{kind}Pooling{rank}D": f"Adaptive{kind}Pooling{rank}D"
        for kind in ("Average", "Max")
        for rank in (1, 2, 3)
    },
}
ACTIVATIONS_IN_KERAS = {
    "Addons>hardshrink": "hard_shrink",
    "Addons>mish": "mish",
    "Addons>softshrink": "soft_shrink",
    "Addons>sparsemax": "sparsemax",
    "Addons>tanhshrink": "tanh_shrink",
}
OWN_ACTIVATIONS = {
    "Addons>gelu": addons.gelu,
    "Addons>lisht": addons.lisht,
    "Addons>snake": addons.snake,
}
MODELS = ("Functional", "Model", "Sequential")
DROPPED = {
    "Conv1DTranspose": ("groups",),
    "Conv2DTranspose": ("groups",),
    "Conv3DTranspose": ("groups",),
    "DepthwiseConv2D": ("groups",),
    "SeparableConv2D": (
        "groups",
        "kernel_initializer",
        "kernel_regularizer",
        "kernel_constraint",
    ),
    "Addons>InstanceNormalization": ("groups",),
    "InputLayer": ("ragged",),
}
RENAMED = {
    ("InputLayer", "batch_input_shape"): "batch_shape",
    ("LeakyReLU", "alpha"): "negative_slope",
}


def class_name(config):
    """Returns the name a class was registered by, or its own in Keras."""
    registered = config.get("registered_name") or ""
    return registered if ">" in registered else config["class_name"]


def names_without_equal(value):
    """Yields what Keras 3 has no equal of in an old config, however deep."""
    if isinstance(value, dict):
        name = class_name(value) if "class_name" in value else None
        if name == "function":
            name = value["config"]
        if isinstance(name, str) and _without_equal(name):
            yield name
        for inner in value.values():
            yield from names_without_equal(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_without_equal(inner)
    elif isinstance(value, str) and _without_equal(value):
        yield value


def _without_equal(name):
    if name in ("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"):
        return True
    known = {*LAYERS_IN_KERAS, *ACTIVATIONS_IN_KERAS}
    return (
        name.startswith("Addons>")
        and name not in known
        and keras.saving.get_registered_object(name) is None
    )


def modern_config(value):
    """Returns an old config as Keras 3 reads it; a copy, whatever it holds."""
    if isinstance(value, list):
        return [modern_config(inner) for inner in value]
    if isinstance(value, str):
        if value in OWN_ACTIVATIONS:
            return keras.saving.serialize_keras_object(OWN_ACTIVATIONS[value])
        return ACTIVATIONS_IN_KERAS.get(value, value)
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "function":
        function = modern_config(value["config"])
        return value if function == value["config"] else function
    value = {key: modern_config(inner) for key, inner in value.items()}
    if "class_name" not in value or not isinstance(value.get("config"), dict):
        return value
    if value["class_name"] == "Policy":
        return value["config"]["name"]
    return _modern_object(value)


def _modern_object(value):
    name, config = class_name(value), value["config"]
    for key in DROPPED.get(name, ()):
        config.pop(key, None)
    for key in [key for key in config if (name, key) in RENAMED]:
        config[RENAMED[name, key]] = config.pop(key)
    if name != "InputLayer":
        # The input layer that stands before a first layer says it as well.
        config.pop("batch_input_shape", None)
    if name == "Addons>InstanceNormalization":
        config["groups"] = -1
    if name == "BatchNormalization" and isinstance(config.get("axis"), list):
        (config["axis"],) = config["axis"]
    if "input_layers" in config:
        nodes.adapt_nodes(config)
    if isinstance(config.get("layer"), dict):
        config["layer"] = _inner_layer(config["layer"])
    value["class_name"] = LAYERS_IN_KERAS.get(name, name)
    if ">" in name or name in MODELS or _is_layer(value):
        # Without a module Keras takes the road of `.h5` files, which knows
        # all its own layers and whatever is registered by its name.
        for key in ("module", "registered_name", "build_config"):
            value.pop(key, None)
    value.pop("compile_config", None)
    return value


def _is_layer(value):
    return value.get("module") == "keras.layers"


def _inner_layer(value):
    """A wrapper finds its layer by its module alone."""
    package, _, name = value["class_name"].rpartition(">")
    if package:
        registered = value["class_name"]
        return {
            **value,
            "module": None,
            "class_name": name,
            "registered_name": registered,
        }
    if name in MODELS:
        name = "Sequential" if name == "Sequential" else "Model"
        return {"module": "keras", "class_name": name, **_config_of(value)}
    return {"module": "keras.layers", "class_name": name, **_config_of(value)}


def _config_of(value):
    return {"config": value["config"], "registered_name": None}


def model_from(config):
    """Builds the Functional or Sequential model that an old config says."""
    modern = modern_config(config)
    if modern["class_name"] == "Sequential":
        return keras.Sequential.from_config(modern["config"])
    return keras.Model.from_config(modern["config"])
