"""JSON values <-> arrays, by the rules of TensorFlow Serving."""

import base64
import binascii
import itertools

import numpy as np

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.rest.json_text import shown

MAX_RANK = 32
NAMES = {"float32": "float", "float64": "double", "object": "string"}
# Exact types: True is an int to Python, and no number in JSON.
SUITABLE = {
    "f": {int, float},
    "i": {int},
    "u": {int},
    "b": {bool},
    "O": {str},
}
KINDS = {
    type(None): "Null",
    bool: "Bool",
    int: "Number",
    float: "Number",
    str: "String",
    list: "Array",
    dict: "Object",
}


def to_array(value, dtype):
    """Returns nested lists of JSON as an array.

    Args:
        value: a value, or lists of lists of them; bytes are
            `{"b64": "..."}`.
        dtype: numpy dtype; object for strings.

    Raises:
        ServingError: if a value has another type or does not fit in the
            dtype, or lists are of unequal lengths.
    """
    dtype = np.dtype(dtype)
    if dtype.kind not in SUITABLE:
        raise ServingError(
            Code.UNIMPLEMENTED,
            f"Conversion of JSON Value: {shown(value)} to type: {dtype.name}",
        )
    shape = _shape(value)
    if len(shape) > MAX_RANK:
        raise invalid(f"A tensor must have at most {MAX_RANK} dimensions.")
    leaves = _leaves(value, shape)
    if set(map(type, leaves)) <= SUITABLE[dtype.kind]:
        if dtype.kind == "O":
            leaves = [text.encode("utf-8", "surrogatepass") for text in leaves]
    else:
        leaves = [_leaf(leaf, dtype) for leaf in leaves]
    return _filled(leaves, shape, dtype)


def is_base64(value):
    """Whether a value of JSON stands for bytes."""
    return (
        isinstance(value, dict)
        and len(value) == 1
        and isinstance(value.get("b64"), str)
    )


def from_base64(value):
    """Returns the bytes of `{"b64": "..."}`; its padding may be missing."""
    text = value["b64"]
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid("Unable to base64 decode") from error


def to_json(array, as_bytes):
    """Returns an array for `json_text.write`: strings as lists of text.

    Args:
        array: array of an output.
        as_bytes: bool, whether strings go as `{"b64": "..."}`, as they do
            where the name of the output ends in `_bytes`.
    """
    array = np.asarray(array)
    if array.dtype.kind not in "OS":
        if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8:
            raise ServingError(
                Code.UNIMPLEMENTED, f"{array.dtype.name} in JSON"
            )
        return np.ascontiguousarray(array) if array.ndim else array[()]
    encode = _as_base64 if as_bytes else _as_text
    values = np.empty(array.shape, object)
    values.ravel()[:] = [encode(data) for data in array.ravel().tolist()]
    return values.tolist()


def _as_base64(data):
    return {"b64": base64.b64encode(data).decode()}


def _as_text(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:  # What is no text cannot stand in JSON.
        return _as_base64(data)


def _shape(value):
    shape = []
    while isinstance(value, list):
        shape.append(len(value))
        if not value:
            break
        value = value[0]
    return shape


def _leaves(value, shape):
    """Returns all values, level by level; lists must be of equal lengths."""
    level = [value]
    for depth, size in enumerate(shape):
        if set(map(type, level)) != {list}:
            odd = next(v for v in level if not isinstance(v, list))
            raise invalid(
                f"JSON Value: {shown(odd)} found at incorrect level: "
                f"{depth + 1} in the JSON DOM. Expected at level: {len(shape)}"
            )
        if set(map(len, level)) != {size}:
            odd = next(len(v) for v in level if len(v) != size)
            raise invalid(
                f"Encountered list at unexpected size: {odd} at level: "
                f"{depth} expected size: {size}"
            )
        level = list(itertools.chain.from_iterable(level))
    if any(isinstance(leaf, list) for leaf in level):
        raise invalid(
            f"Encountered list at unexpected level: {len(shape)} expected "
            f"< {len(shape)}"
        )
    return level


def _leaf(value, dtype):
    if dtype.kind == "O" and isinstance(value, dict):
        if is_base64(value):
            return from_base64(value)
        raise invalid(
            f"JSON Value: {shown(value)} not formatted correctly for base64 "
            "data"
        )
    if type(value) not in SUITABLE[dtype.kind]:
        raise _unexpected(value, dtype)
    return value.encode() if dtype.kind == "O" else value


def _filled(leaves, shape, dtype):
    if dtype.kind == "O":
        array = np.empty(len(leaves), object)
        array[:] = leaves
        return array.reshape(shape)
    if dtype.kind in "iu" and leaves:
        bounds = np.iinfo(dtype)
        for value in (min(leaves), max(leaves)):
            if not bounds.min <= value <= bounds.max:
                raise _unexpected(value, dtype)
    try:
        with np.errstate(over="ignore"):
            return np.array(leaves, dtype).reshape(shape)
    except OverflowError as error:  # An integer beyond the largest float.
        raise _unexpected(max(leaves, key=abs), dtype) from error


def _unexpected(value, dtype):
    name = NAMES.get(dtype.name, dtype.name)
    return invalid(
        f"JSON Value: {shown(value)} Type: {KINDS[type(value)]} is not of "
        f"expected type: {name}"
    )
