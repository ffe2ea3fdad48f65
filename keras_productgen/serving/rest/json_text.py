"""JSON as TensorFlow Serving reads and writes it: with NaN and Infinity.

orjson is many times faster on tensors, but knows neither of the two.
"""

import json
import re

import numpy as np
import orjson

from keras_productgen.serving.errors import invalid

OPTIONS = orjson.OPT_SERIALIZE_NUMPY
SHOWN = 256
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read(body):
    """Returns the object that a request holds.

    Args:
        body: bytes.

    Raises:
        ServingError: if it is no JSON, or no object.
    """
    if not body:
        raise invalid("JSON Parse error: The document is empty")
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        document = _read_slowly(body)
    if not isinstance(document, dict):
        raise invalid(f"JSON Value: {shown(document)} Is not object")
    return document


def write(document):
    """Returns JSON as bytes; numpy arrays stand in it as lists."""
    if all(_finite(array) for array in _arrays(document)):
        return orjson.dumps(document, option=OPTIONS)
    return json.dumps(document, default=_listed).encode()


def shown(value):
    """The beginning of a value, for a message."""
    try:
        return json.dumps(value)[:SHOWN]
    except RecursionError:
        return "a value nested too deeply"


def _read_slowly(body):
    try:
        value = json.loads(body)
        if SURROGATE.search(body):
            # Halves of a character are text to Python alone.
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except RecursionError as error:
        raise invalid("JSON Parse error: nested too deeply") from error
    except ValueError as error:
        offset = getattr(error, "pos", getattr(error, "start", 0))
        raise invalid(
            f"JSON Parse error: Invalid value. at offset: {offset}"
        ) from error


def _arrays(value):
    if isinstance(value, np.ndarray | np.generic):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _arrays(part)
    elif isinstance(value, list) and value:
        # Rows have the same parts: numbers deep in a list of numbers need
        # not be looked for.
        if isinstance(value[0], np.ndarray | np.generic | dict | list):
            for part in value:
                yield from _arrays(part)


def _finite(array):
    return array.dtype.kind != "f" or bool(np.isfinite(array).all())


def _listed(array):
    if array.dtype == np.float32:
        # By way of text, 0.1 stays 0.1 and does not become 0.10000000149.
        flat = [float(str(value)) for value in np.ravel(array)]
        return np.reshape(flat, np.shape(array)).tolist()
    return array.tolist()
