"""Small files of what a trained model makes pictures with."""

import io
import json
import os

import keras
import numpy as np

from keras_productgen.images import write_bytes

_FORMAT = 1


def pack(model, path: str | os.PathLike, card, bits=16):
    """Writes what a model makes pictures with to a small file.

    For files that are shipped. What `model.save` writes can be trained on; this
    has neither a discriminator nor optimizers, and rounded weights: those of
    the averaged generator, where there is one.

    ```python
    kpg.models.pack(model, "shoes.npz", {"data": "our shoes", "seed": 0})
    model = kpg.models.unpack("shoes.npz")
    ```

    Args:
        model: an adversarial model, such as `DCGAN`, or one of a single
            network, such as `NAFNet`.
        path: path of a file, `.npz`; it appears whole or not at all.
        card: dict that JSON can hold: what it learned from and how, and what
            was measured.
        bits: int, 16 for float16 weights, or 8: integers times a scale for each
            output channel of a kernel; other weights stay float16.

    Raises:
        ValueError: if the model has neither an averaged generator nor a
            network, `bits` is neither 8 nor 16, or a weight is too large for
            float16.
    """
    network = _networks(model)[0]
    if bits not in (8, 16):
        raise ValueError(f"`bits` must be 8 or 16. Received: bits={bits}")
    head = {
        "format": _FORMAT,
        "class": keras.saving.get_registered_name(type(model)),
        "config": _config(model),
        "card": card,
    }
    arrays = {"head": np.frombuffer(json.dumps(head).encode(), "uint8")}
    for index, weight in enumerate(network.get_weights()):
        arrays |= _rounded(f"weight_{index:03d}", weight, bits)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    write_bytes(path, file.getvalue())


def unpack(path: str | os.PathLike, dtype="float32"):
    """Returns the model of a file that `pack` wrote, ready to make pictures.

    Its discriminator has not been trained, and it is not compiled.

    Args:
        path: path of the file.
        dtype: name of a dtype policy, such as `"mixed_bfloat16"`.

    Raises:
        ValueError: if the file is none that `pack` wrote.
    """
    arrays, head = _read(path)
    made = keras.saving.get_registered_object(head["class"])
    if made is None:
        raise ValueError(
            f"{path} holds a model that this version does not know. Received: "
            f"class={head['class']!r}"
        )
    model = made.from_config({**head["config"], "dtype": dtype})
    networks = _networks(model)
    weights = [
        _restored(arrays, f"weight_{index:03d}")
        for index in range(len(networks[0].weights))
    ]
    for network in networks:
        network.set_weights(weights)
    return model


def read_card(path: str | os.PathLike):
    """Returns the dict that `pack` was given as `card`."""
    return _read(path, names=())[1]["card"]


def _networks(model):
    """Those that make pictures, with the same weights in a file."""
    if hasattr(model, "ema_generator"):
        return model.ema_generator, model.generator
    if hasattr(model, "network"):
        return (model.network,)
    raise ValueError(
        "`model` must have a `generator` or a `network`, as the package's "
        f"models have. Received: a model of type {type(model).__name__}"
    )


def _config(model):
    config = keras.saving.serialize_keras_object(model)["config"]
    config.pop("dtype", None)
    return config


def _read(path, names=None):
    """Returns the arrays of these names, by default all, and the head."""
    try:
        with np.load(path, allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes())
            names = file.files if names is None else names
            arrays = {name: file[name] for name in names if name != "head"}
        if head["format"] != _FORMAT:
            raise ValueError(f"format {head['format']}")
    except (OSError, ValueError, KeyError, EOFError) as failure:
        if isinstance(failure, FileNotFoundError):
            raise
        raise ValueError(
            f"{path} must be a file that `keras_productgen.models.pack` wrote. "
            f"Received: {failure}"
        ) from failure
    return arrays, head


def _rounded(name, weight, bits):
    if bits == 8 and weight.ndim > 1:
        axes = tuple(range(weight.ndim - 1))
        scale = np.abs(weight).max(axis=axes) / 127.0
        scale = np.where(scale > 0.0, scale, 1.0).astype("float32")
        return {
            name: np.round(weight / scale).astype("int8"),
            f"{name}_scale": scale,
        }
    largest = float(np.abs(weight).max(initial=0.0))
    if not largest < np.finfo("float16").max:
        raise ValueError(
            "Weights must be finite, and small enough for float16. Received: "
            f"a weight of {largest:g}"
        )
    return {name: weight.astype("float16")}


def _restored(arrays, name):
    weight = arrays[name].astype("float32")
    return weight * arrays.get(f"{name}_scale", np.float32(1.0))
