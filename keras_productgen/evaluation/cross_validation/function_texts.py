"""Functions, and the values they use, as plain text."""

import functools
import hashlib
import json
import pathlib
import sys
import sysconfig
import types

import keras
import numpy as np

from keras_productgen.models.networks import weights_digest

# What lies there, and our own, is told by its name alone.
_LIBRARIES = tuple(map(sysconfig.get_path, ("stdlib", "platstdlib")))
_PACKAGES = {"site-packages", "dist-packages"}


def told_of(value, seen):
    """What can be told of a value that a function uses, as JSON can hold it.

    Args:
        value: anything; of functions and classes their code.
        seen: set of what was told already, which this adds to.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, complex | bytes | range | slice | type(...)):
        return repr(value)
    if isinstance(value, list | tuple):
        return [told_of(item, seen) for item in value]
    if isinstance(value, set | frozenset):
        texts = (told_of(item, seen) for item in value)
        return sorted(json.dumps(text, default=typed) for text in texts)
    if isinstance(value, dict):
        pairs = (
            [told_of(key, seen), told_of(value[key], seen)] for key in value
        )
        return ["dict", *pairs]
    if isinstance(value, np.ndarray | np.generic):
        array = np.ascontiguousarray(value)
        sums = hashlib.blake2b(array.tobytes(), digest_size=16).hexdigest()
        return [str(array.dtype), array.shape, sums]
    if isinstance(value, types.CodeType):
        return _of_code(value, seen)
    if isinstance(value, keras.Model):
        return [typed(value), weights_digest(value)]
    return _of_callable(value, seen)


def _of_callable(value, seen):
    if id(value) in seen:
        return "again"
    seen.add(id(value))
    if isinstance(value, functools.partial):
        parts = (value.func, value.args, value.keywords)
        return ["partial", *(told_of(part, seen) for part in parts)]
    if isinstance(value, types.MethodType):
        return [typed(value.__self__), told_of(value.__func__, seen)]
    if isinstance(value, types.FunctionType):
        return _of_function(value, seen)
    if isinstance(value, type) and not _of_library(value.__module__):
        members = vars(value).items()
        return [typed(value)] + [
            [name, told_of(member, seen)]
            for name, member in members
            if isinstance(member, types.FunctionType)
        ]
    return typed(value) if isinstance(value, type) else _of_object(value, seen)


def _of_object(value, seen):
    told = [told_of(type(value), seen)]
    if hasattr(value, "get_config"):
        return told + [portable(value.get_config)]
    if callable(value) and not _of_library(type(value).__module__):
        return told + [told_of(getattr(value, "__dict__", None), seen)]
    return told


def _of_function(function, seen):
    if _of_library(function.__module__):
        return [function.__module__, function.__qualname__]
    cells = [_content(cell) for cell in function.__closure__ or ()]
    used = {
        name: function.__globals__[name]
        for name in sorted(_used_names(function.__code__))
        if name in function.__globals__
    }
    values = (function.__defaults__, function.__kwdefaults__, cells, used)
    return [
        function.__qualname__,
        _of_code(function.__code__, seen),
        *(told_of(value, seen) for value in values),
    ]


def _of_code(code, seen):
    constants = [told_of(constant, seen) for constant in code.co_consts]
    return [code.co_code.hex(), code.co_names, constants]


def _used_names(code):
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _used_names(constant)
    return names


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:  # A variable that has no value yet.
        return None


def _of_library(module):
    if (module or "builtins").partition(".")[0] == "keras_productgen":
        return True
    found = sys.modules.get(module or "builtins")
    if module == "__main__" or found is None:
        return False
    file = getattr(found, "__file__", None)
    if file is None or file.startswith(_LIBRARIES):
        return True
    return not _PACKAGES.isdisjoint(pathlib.Path(file).parts)


def portable(get_config):
    """What the method returns, or nothing where a class has no such thing."""
    try:
        return get_config()
    except (AttributeError, NotImplementedError, TypeError, ValueError):
        return None


def typed(value):
    """Of what cannot be written, only what it is."""
    if hasattr(value, "tolist") and not isinstance(value, type):
        return value.tolist()
    if isinstance(value, types.ModuleType):
        return value.__name__
    kind = value if isinstance(value, type) else type(value)
    return f"{kind.__module__}.{kind.__qualname__}"
