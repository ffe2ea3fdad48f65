"""Requests and answers of Classify and Regress in JSON."""

import numpy as np

from keras_productgen.serving.errors import invalid
from keras_productgen.serving.rest.json_tensors import KINDS
from keras_productgen.serving.rest.json_tensors import from_base64
from keras_productgen.serving.rest.json_tensors import is_base64
from keras_productgen.serving.rest.json_text import shown
from keras_productgen.serving.rest.predict_json import signature_name

INT64 = np.iinfo(np.int64)


def fill(document, request):
    """Puts the examples of a document into a request.

    Args:
        document: dict with `examples`, a list of objects from names of
            features to values; perhaps with `context`, features of all.
        request: ClassificationRequest or RegressionRequest.

    Raises:
        ServingError: if it is not so.
    """
    name = signature_name(document)
    if name:
        request.model_spec.signature_name = name
    if "examples" not in document:
        raise invalid(
            f"JSON Value: {shown(document)} When method is classify or "
            "regress, key 'examples' is expected and was not found"
        )
    examples = document["examples"]
    if not isinstance(examples, list):
        raise invalid(
            f"JSON Value: {shown(document)} Expecting 'examples' value to be "
            "an list/array"
        )
    if not examples:
        raise invalid(
            f"JSON Value: {shown(document)} 'examples' value is an empty array"
        )
    target = request.input.example_list
    if "context" in document:
        target = request.input.example_list_with_context
        _fill_example(document["context"], target.context)
    for example in examples:
        _fill_example(example, target.examples.add())


def classifications(response):
    """Returns the JSON of a ClassificationResponse."""
    return {
        "results": [
            [[found.label, np.float32(found.score)] for found in row.classes]
            for row in response.result.classifications
        ]
    }


def regressions(response):
    """Returns the JSON of a RegressionResponse."""
    values = [found.value for found in response.result.regressions]
    return {"results": np.array(values, "float32")}


def _fill_example(features, example):
    if not isinstance(features, dict):
        raise invalid(
            f"Example must be JSON object but got JSON {KINDS[type(features)]}"
        )
    for name, values in features.items():
        feature = example.features.feature[name]
        for value in values if isinstance(values, list) else [values]:
            _add(name, value, feature)


def _add(name, value, feature):
    if isinstance(value, bool | int):
        if not INT64.min <= value <= INT64.max:
            raise invalid(f"Feature: {name} has an integer beyond 64 bits")
        kind, target = "int64", feature.int64_list
        value = int(value)  # Messages take no bool for a number.
    elif isinstance(value, float):
        kind, target = "float", feature.float_list
    elif isinstance(value, str):
        kind, target = "bytes", feature.bytes_list
        value = value.encode("utf-8", "surrogatepass")
    elif is_base64(value):
        kind, target = "bytes", feature.bytes_list
        value = from_base64(value)
    else:
        raise invalid(
            f"Feature: {name} has element with unexpected JSON type: "
            f"{KINDS[type(value)]}"
        )
    if feature.WhichOneof("kind") not in (None, f"{kind}_list"):
        raise invalid(
            f"Unexpected element type in feature: {name} expecting type: "
            f"{feature.WhichOneof('kind').removesuffix('_list')} got: {kind}"
        )
    target.value.append(value)
