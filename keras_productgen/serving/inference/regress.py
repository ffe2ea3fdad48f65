"""Regress: examples in, a number each out."""

import numpy as np
from tensorflow_serving.apis import regression_pb2

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.inference.examples import serialized
from keras_productgen.serving.inference.examples import signature_for
from keras_productgen.serving.inference.predict import set_spec


def regress(servable, request):
    """Answers a RegressionRequest.

    Raises:
        ServingError: if the signature gives no numbers, or an example does
            not suit it.
    """
    name, signature = signature_for(servable, request.model_spec, "regress")
    if "outputs" not in signature.outputs:
        raise invalid("No regression outputs found in SignatureDef")
    examples = serialized(request.input)
    values = servable.run(name, {"inputs": examples}, ["outputs"])["outputs"]
    if np.size(values) != len(examples):
        raise ServingError(
            Code.FAILED_PRECONDITION,
            "Expected a regression output of shape (batch,) or (batch, 1).",
        )
    response = regression_pb2.RegressionResponse()
    for value in np.ravel(values):
        response.result.regressions.add().value = value
    set_spec(response.model_spec, servable, name)
    return response
