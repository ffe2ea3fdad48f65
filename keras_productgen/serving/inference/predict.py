"""Predict: tensors in, tensors out."""

from tensorflow_serving.apis import predict_pb2

from keras_productgen.serving import tensors
from keras_productgen.serving.errors import invalid


def predict(servable, request, inputs=None):
    """Answers a PredictRequest.

    Args:
        servable: `Servable`.
        request: PredictRequest.
        inputs: optional `Inputs` of the gateway, which looks at rows and
            pictures.

    Returns:
        PredictResponse.

    Raises:
        ServingError: if the names or tensors do not suit the signature.
    """
    name, signature = servable.signature(request.model_spec.signature_name)
    check_inputs(request.inputs, signature)
    outputs = _wanted(request.output_filter, signature)
    if inputs is not None:
        shapes = map(tensors.shape_of, request.inputs.values())
        inputs.check_shapes(signature, dict(zip(request.inputs, shapes)))
    feeds = {
        alias: tensors.to_array(proto)
        for alias, proto in request.inputs.items()
    }
    run = servable.run if inputs is None else inputs.runner(servable)
    values = run(name, feeds, outputs)
    response = predict_pb2.PredictResponse()
    for alias, value in values.items():
        dtype = signature.outputs[alias].dtype
        tensors.fill(response.outputs[alias], value, dtype)
    set_spec(response.model_spec, servable, name)
    return response


def set_spec(model_spec, servable, signature):
    """Says who answered."""
    model_spec.name = servable.name
    model_spec.version.value = servable.version
    model_spec.signature_name = signature


def check_inputs(given, signature):
    """Refuses names that are not exactly those of the inputs."""
    sent, needed = set(given), set(signature.inputs)
    if len(sent) != len(needed):
        raise invalid(
            "input size does not match signature: "
            f"{len(sent)}!={len(needed)} len({_set(sent)}) != "
            f"len({_set(needed)}). Sent extra: {_set(sent - needed)}. "
            f"Missing but required: {_set(needed - sent)}."
        )
    for alias in sorted(sent - needed):
        raise invalid(
            f"input tensor alias not found in signature: {alias}. Inputs "
            f"expected to be in the set {_set(needed)}."
        )


def _wanted(output_filter, signature):
    outputs = list(output_filter) or sorted(signature.outputs)
    for alias in outputs:
        if alias not in signature.outputs:
            raise invalid(
                f"output tensor alias not found in signature: {alias} Outputs "
                f"expected to be in the set {_set(signature.outputs)}."
            )
        if outputs.count(alias) > 1:
            raise invalid(f"duplicate output tensor alias: {alias}")
    return outputs


def _set(names):
    return "{" + ",".join(sorted(names)) + "}"
