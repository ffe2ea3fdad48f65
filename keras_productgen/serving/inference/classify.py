"""Classify: examples in, labels with scores out."""

from tensorflow_serving.apis import classification_pb2

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.inference.examples import serialized
from keras_productgen.serving.inference.examples import signature_for
from keras_productgen.serving.inference.predict import set_spec

OUTPUTS = ("classes", "scores")


def classify(servable, request):
    """Answers a ClassificationRequest.

    Raises:
        ServingError: if the signature gives no classes, or an example does
            not suit it.
    """
    name, signature = signature_for(servable, request.model_spec, "classify")
    outputs = [alias for alias in OUTPUTS if alias in signature.outputs]
    if not outputs:
        raise invalid(
            "Expected classification signature outputs to contain at least "
            'one of "classes" or "scores".'
        )
    examples = serialized(request.input)
    values = servable.run(name, {"inputs": examples}, outputs)
    _check(values, len(examples))
    response = classification_pb2.ClassificationResponse()
    for index in range(len(examples)):
        row = {alias: value[index] for alias, value in values.items()}
        _add(response.result.classifications.add(), row)
    set_spec(response.model_spec, servable, name)
    return response


def _check(values, rows):
    shapes = {value.shape for value in values.values()}
    shape = shapes.pop()
    if shapes or len(shape) != 2 or shape[0] != rows:
        raise ServingError(
            Code.FAILED_PRECONDITION,
            "Expected classes and scores of one shape (batch, classes).",
        )


def _add(classifications, row):
    for index in range(len(next(iter(row.values())))):
        found = classifications.classes.add()
        if "classes" in row:
            label = row["classes"][index]
            found.label = label.decode("utf-8", "replace")
        if "scores" in row:
            found.score = row["scores"][index]
