"""Short texts that say whether a model or a function is another one.

They must come out alike in another process: nothing here depends on the names
Keras numbers through, on addresses in memory, or on where a file lies.
"""

import hashlib
import json
import re

from keras_productgen.evaluation.cross_validation.function_texts import portable
from keras_productgen.evaluation.cross_validation.function_texts import told_of
from keras_productgen.evaluation.cross_validation.function_texts import typed


def of_model(model):
    """Digest of what a model is: its settings, its layers, its own code."""
    layers = [_config(layer) for layer in model.layers]
    code = [told_of(part, set()) for part in type(model).__mro__]
    return _digest([_config(model), layers, code])


def of_training(model):
    """Digest of what `compile` was told."""
    return _digest(portable(model.get_compile_config))


def of_function(function):
    """Digest of the code of a function and of the values it uses.

    Of what it calls, too, but for libraries.
    """
    return None if function is None else _digest(told_of(function, set()))


def _digest(told):
    text = json.dumps(_renamed(told), sort_keys=True, default=typed)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _config(layer):
    told = [type(layer).__module__, type(layer).__qualname__]
    return [*told, portable(layer.get_config)]


def _renamed(told):
    """Numbers the names of layers by their order, as `dense_7` is by chance."""
    told = json.loads(json.dumps(told, default=typed))
    places = {}
    for name in _names(told):
        base = re.sub(r"_\d+$", "", name)
        places.setdefault(name, f"{base} {len(places)}")
    return _replaced(told, places)


def _names(told):
    if isinstance(told, list):
        for item in told:
            yield from _names(item)
    elif isinstance(told, dict):
        if isinstance(told.get("name"), str):
            yield told["name"]
        for item in told.values():
            yield from _names(item)


def _replaced(told, places):
    """Puts the new names where Keras writes those of layers."""
    if isinstance(told, list):
        if len(told) == 3 and isinstance(told[1], int):
            # An output of a layer: its name, the call, the place.
            return [places.get(str(told[0]), told[0]), *told[1:]]
        return [_replaced(item, places) for item in told]
    if not isinstance(told, dict):
        return told
    return {
        key: places.get(item, item)
        if key == "name" and isinstance(item, str)
        else _replaced(item, places)
        for key, item in told.items()
    }
