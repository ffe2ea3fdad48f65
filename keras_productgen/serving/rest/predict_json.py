"""Requests and answers of Predict in JSON: in rows, or in columns."""

import numpy as np
import tensorflow as tf

from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.rest.json_tensors import is_base64
from keras_productgen.serving.rest.json_tensors import to_array
from keras_productgen.serving.rest.json_tensors import to_json
from keras_productgen.serving.rest.json_text import shown


def signature_name(document):
    """Returns the name of the signature that a request asks for, or ""."""
    name = document.get("signature_name", "")
    if not isinstance(name, str):
        raise invalid(
            f"JSON Value: {shown(document)} not formatted correctly. "
            "'signature_name' key must be a string value."
        )
    return name


def first_sides(document, signature):
    """Returns how long the inputs of a request are, before they are read.

    Returns:
        Dict from the names of inputs to shapes of one side. Those that are no
        lists are left out.
    """
    names = list(signature.inputs)
    if "instances" in document:
        columns = dict.fromkeys(names, document["instances"])
    else:
        columns = document.get("inputs")
        if not _is_object(columns):
            columns = dict.fromkeys(names, columns)
    return {
        name: (len(values),)
        for name, values in columns.items()
        if name in names and isinstance(values, list)
    }


def feeds(document, signature):
    """Returns `(arrays, in_rows)` of a request.

    Args:
        document: dict, the request.
        signature: SignatureDef.

    Returns:
        Dict from the names of inputs to arrays, and whether the answer is to
        come in rows, as the request did.

    Raises:
        ServingError: if it does not suit the signature.
    """
    dtypes = {
        name: np.dtype(tf.dtypes.as_dtype(info.dtype).as_numpy_dtype)
        for name, info in signature.inputs.items()
    }
    if "instances" in document and "inputs" in document:
        raise invalid(
            f"JSON Value: {shown(document)} Not formatted correctly expecting "
            "only one of 'inputs' or 'instances' keys to exist "
        )
    if "instances" in document:
        return _from_rows(document["instances"], dtypes), True
    if "inputs" in document:
        return _from_columns(document["inputs"], dtypes), False
    raise invalid("Missing 'inputs' or 'instances' key")


def answer(outputs, in_rows):
    """Returns the JSON of outputs, for `json_text.write`.

    Args:
        outputs: dict from names to arrays.
        in_rows: bool, whether as "predictions" or as "outputs".

    Raises:
        ServingError: if the outputs have not one row each for an answer in
            rows.
    """
    if in_rows:
        _check_rows(outputs)
    values = {
        name: to_json(array, name.endswith("_bytes"))
        for name, array in outputs.items()
    }
    if len(values) == 1:
        only = next(iter(values.values()))
        return {"predictions" if in_rows else "outputs": only}
    if not in_rows:
        return {"outputs": values}
    rows = [dict(zip(values, row)) for row in zip(*values.values())]
    return {"predictions": rows}


def _from_rows(rows, dtypes):
    if not isinstance(rows, list):
        raise invalid(
            f"JSON Value: {shown(rows)} Expecting 'instances' to be an "
            "list/array"
        )
    if not rows:
        raise invalid("JSON Value: [] No values in 'instances' array")
    if _is_object(rows[0]):
        columns = _columns_of(rows, dtypes)
    elif len(dtypes) > 1:
        raise invalid(
            "instances is a plain list, but expecting list of objects as "
            "multiple input tensors required as per tensorinfo_map"
        )
    else:
        for index, row in enumerate(rows):
            if _is_object(row):
                raise invalid(
                    "Expecting value/list but got object at item "
                    f"{index} of input list"
                )
        columns = dict.fromkeys(dtypes, rows)
    try:
        return {n: to_array(columns[n], dtype) for n, dtype in dtypes.items()}
    except ServingError as error:
        raise ServingError(
            error.code,
            "Failed to process element of 'instances' list. Error: "
            f"{error.code.name}: {error.message}",
        ) from error


def _columns_of(rows, dtypes):
    for index, row in enumerate(rows):
        if not _is_object(row):
            raise invalid(
                f"Expecting object but got list at item {index} of input list"
            )
        for name in row:
            if name not in dtypes:
                raise invalid(
                    f"Failed to process element: {index} key: {name} of "
                    "'instances' list. Error: INVALID_ARGUMENT: JSON object: "
                    f"does not have named input: {name}"
                )
        if len(row) != len(dtypes):
            raise invalid(
                f"Failed to process element: {index} of 'instances' list. "
                f"JSON object: {shown(row)} keys must be equal to: "
                f"{','.join(sorted(dtypes))}"
            )
    return {name: [row[name] for row in rows] for name in dtypes}


def _from_columns(inputs, dtypes):
    if not _is_object(inputs):
        if len(dtypes) > 1:
            raise invalid(
                "inputs is a plain value/list, but expecting an object as "
                "multiple input tensors required as per tensorinfo_map"
            )
        inputs = dict.fromkeys(dtypes, inputs)
    for name in dtypes:
        if name not in inputs:
            raise invalid(f"Missing named input: {name} in 'inputs' object.")
    return {name: to_array(inputs[name], d) for name, d in dtypes.items()}


def _is_object(value):
    return isinstance(value, dict) and not is_base64(value)


def _check_rows(outputs):
    rows = None
    for name, array in outputs.items():
        array = np.asarray(array)
        if not array.ndim:
            raise invalid(f"Tensor name: {name} has no shape information ")
        if rows not in (None, len(array)):
            raise invalid(
                f"Tensor name: {name} has inconsistent batch size: "
                f"{len(array)} expecting: {rows}"
            )
        rows = len(array)
