"""Examples of Classify and Regress, and the signatures that take them."""

import numpy as np
from tensorflow.core.example import example_pb2

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import invalid


def rows_of(inputs):
    """Returns how many examples an Input has."""
    kind = inputs.WhichOneof("kind")
    return 0 if kind is None else len(getattr(inputs, kind).examples)


def serialized(inputs):
    """Returns the examples of an Input, as an array of their bytes."""
    kind = inputs.WhichOneof("kind")
    examples = []
    if kind == "example_list":
        examples = inputs.example_list.examples
    elif kind == "example_list_with_context":
        with_context = inputs.example_list_with_context
        for example in with_context.examples:
            merged = example_pb2.Example()
            merged.CopyFrom(with_context.context)
            merged.MergeFrom(example)
            examples.append(merged)
    if not examples:
        raise invalid("Input is empty.")
    return np.array([e.SerializeToString() for e in examples], object)


def signature_for(servable, model_spec, kind):
    """Returns the signature of a request, which must take examples.

    The names of its outputs decide what it can do, not its `method_name`:
    files of TensorFlow 2 always say "predict" there.

    Args:
        kind: "classify" or "regress", for the message.
    """
    name, signature = servable.signature(
        model_spec.signature_name, Code.INVALID_ARGUMENT
    )
    if len(signature.inputs) != 1:
        raise invalid("Expected one input Tensor.")
    if "inputs" not in signature.inputs:
        raise invalid(f"No {kind} inputs found in SignatureDef")
    return name, signature
