"""The gRPC interface, case by case as TensorFlow Serving has it."""

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis import classification_pb2
from tensorflow_serving.apis import get_model_metadata_pb2
from tensorflow_serving.apis import get_model_status_pb2
from tensorflow_serving.apis import inference_pb2
from tensorflow_serving.apis import predict_pb2
from tensorflow_serving.apis import regression_pb2

from tests.serving import clients
from tests.serving.saved_models import floats

CODES = grpc.StatusCode


def test_predicts_and_says_who_answered(server):
    request = clients.predict_request("half", {"x": floats(2.0)})
    response = clients.prediction(server).Predict(request, timeout=9)
    # Typed fields and not `tensor_content`: clients read `float_val`.
    assert list(response.outputs["y"].float_val) == [3.0]
    spec = response.model_spec
    assert (spec.name, spec.version.value) == ("half", 123)
    assert spec.signature_name == "serving_default"


def test_gives_the_outputs_that_are_asked_for(server):
    inputs = {"x": floats(1.0), "n": np.array([2], "int32")}
    request = clients.predict_request("half", inputs, "two_inputs")
    request.output_filter.append("n")
    response = clients.prediction(server).Predict(request, timeout=9)
    assert list(response.outputs) == ["n"]


@pytest.mark.parametrize(
    "dtype", ["float32", "int32", "string"], ids=["floats", "ints", "strings"]
)
def test_tensors_go_through(server, dtype):
    if dtype == "string":
        data = np.array([b"", b"\0\xff"], object)
        inputs = {"text": data, "data": data}
        found = clients.predict(server, "pictures", inputs, signature="echo")
        np.testing.assert_array_equal(found["data_bytes"], data)
    else:
        inputs = {"x": floats(1.0), "n": np.array([-7], "int32")}
        found = clients.predict(server, "half", inputs, signature="two_inputs")
        name = {"float32": "sum", "int32": "n"}[dtype]
        assert found[name].dtype == dtype
        assert found[name] == {"sum": -6.0, "n": -7}[name]


def bomb():
    """A few bytes that claim to be a row of 4 TB."""
    request = clients.predict_request("half", {"x": floats(1.0)})
    shape = tf.TensorShape([1, 10**12]).as_proto()
    request.inputs["x"].tensor_shape.CopyFrom(shape)
    return request


def with_filter(*outputs):
    request = clients.predict_request("half", {"x": floats(1.0)})
    request.output_filter.extend(outputs)
    return request


REFUSED = {
    "no model": (
        predict_pb2.PredictRequest(),
        CODES.INVALID_ARGUMENT,
        "Missing ModelSpec",
    ),
    "an unknown model": (
        clients.predict_request("foo", {}),
        CODES.NOT_FOUND,
        "Servable not found for request: Latest(foo)",
    ),
    "an unknown version": (
        clients.predict_request("half", {}, version=7),
        CODES.NOT_FOUND,
        "Servable not found for request: Specific(half, 7)",
    ),
    "an unknown label": (
        clients.predict_request("half", {}, label="x"),
        CODES.INVALID_ARGUMENT,
        "Unrecognized servable version label: x",
    ),
    "an unknown signature": (
        clients.predict_request("half", {}, signature="x"),
        CODES.FAILED_PRECONDITION,
        'Serving signature key "x" not found.',
    ),
    "a missing input": (
        clients.predict_request("half", {}),
        CODES.INVALID_ARGUMENT,
        "Missing but required: {x}",
    ),
    "another input": (
        clients.predict_request("half", {"z": floats(1.0)}),
        CODES.INVALID_ARGUMENT,
        "input tensor alias not found in signature: z",
    ),
    "a wrong dtype": (
        clients.predict_request("half", {"x": [1]}),
        CODES.INVALID_ARGUMENT,
        "x must be float32. Received: int32",
    ),
    "text for numbers": (
        clients.predict_request("half", {"x": ["a"]}),
        CODES.INVALID_ARGUMENT,
        "x must be float32. Received: string",
    ),
    "wrong shapes": (
        clients.predict_request(
            "half",
            {"x": floats(1, 2), "n": np.arange(3, dtype="int32")},
            signature="two_inputs",
        ),
        CODES.INVALID_ARGUMENT,
        "Incompatible shapes",
    ),
    "an unknown output": (
        with_filter("z"),
        CODES.INVALID_ARGUMENT,
        "output tensor alias not found in signature: z",
    ),
    "an output twice": (
        with_filter("y", "y"),
        CODES.INVALID_ARGUMENT,
        "duplicate output tensor alias: y",
    ),
    "a tensor that fills the memory": (
        bomb(),
        CODES.INVALID_ARGUMENT,
        "tensor parsing error",
    ),
    "an operation that fails": (
        clients.predict_request(
            "pictures", {"x": floats(-1.0)}, signature="logarithm"
        ),
        CODES.INVALID_ARGUMENT,
        "x must be above 0",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses(server, case):
    request, code, message = REFUSED[case]
    with pytest.raises(grpc.RpcError) as error:
        clients.prediction(server).Predict(request, timeout=9)
    assert error.value.code() == code
    assert message in error.value.details()
    for secret in ("[[", "{{", "Traceback", "/tmp", "File "):
        assert secret not in error.value.details()


def add_examples(request, *values):
    for value in values:
        example = request.input.example_list.examples.add()
        example.features.feature["x"].float_list.value.append(value)
    return request


def test_classifies(server):
    request = classification_pb2.ClassificationRequest()
    request.model_spec.name = "half"
    request.model_spec.signature_name = "classify_x_to_y"
    add_examples(request, 2.0, 4.0)
    response = clients.prediction(server).Classify(request, timeout=9)
    scores = [
        [found.score for found in row.classes]
        for row in response.result.classifications
    ]
    assert scores == [[3.0], [4.0]]


def test_regresses(server):
    request = regression_pb2.RegressionRequest()
    request.model_spec.name = "half"
    request.model_spec.signature_name = "regress_x_to_y"
    add_examples(request, 2.0)
    response = clients.prediction(server).Regress(request, timeout=9)
    assert [r.value for r in response.result.regressions] == [3.0]
    assert response.model_spec.signature_name == "regress_x_to_y"
    request.input.Clear()
    with pytest.raises(grpc.RpcError, match="Input is empty"):
        clients.prediction(server).Regress(request, timeout=9)


def multi_request(*tasks):
    request = inference_pb2.MultiInferenceRequest()
    for signature, method in tasks:
        task = request.tasks.add(method_name=f"tensorflow/serving/{method}")
        task.model_spec.name = "half"
        task.model_spec.signature_name = signature
    return add_examples(request, 2.0)


def test_asks_several_signatures_at_once(server):
    request = multi_request(
        ("regress_x_to_y", "regress"), ("classify_x_to_y", "classify")
    )
    stub = clients.prediction(server)
    first, second = stub.MultiInference(request, timeout=9).results
    assert first.regression_result.regressions[0].value == 3.0
    classes = second.classification_result.classifications[0].classes
    assert classes[0].score == 3.0
    assert second.model_spec.signature_name == "classify_x_to_y"


@pytest.mark.parametrize(
    "tasks, message",
    [
        ((), "Inference request is empty"),
        ((("regress_x_to_y", "regress"),) * 2, "Duplicate evaluation"),
        ((("regress_x_to_y", "predict"),), "Unsupported signature"),
    ],
)
def test_refuses_tasks(server, tasks, message):
    with pytest.raises(grpc.RpcError, match=message):
        clients.prediction(server).MultiInference(
            multi_request(*tasks), timeout=9
        )


def test_metadata_holds_the_signatures(server):
    request = get_model_metadata_pb2.GetModelMetadataRequest()
    request.model_spec.name = "half"
    stub = clients.prediction(server)
    with pytest.raises(grpc.RpcError, match="at least one metadata_field"):
        stub.GetModelMetadata(request, timeout=9)
    request.metadata_field.append("signature_def")
    response = stub.GetModelMetadata(request, timeout=9)
    found = get_model_metadata_pb2.SignatureDefMap()
    assert response.metadata["signature_def"].Unpack(found)
    assert "two_inputs" in found.signature_def
    request.metadata_field.append("else")
    with pytest.raises(grpc.RpcError, match="else is not supported"):
        stub.GetModelMetadata(request, timeout=9)


def test_status_names_the_versions(server):
    request = get_model_status_pb2.GetModelStatusRequest()
    request.model_spec.name = "half"
    stub = clients.model_service(server)
    (status,) = stub.GetModelStatus(request, timeout=9).model_version_status
    assert (status.version, status.state) == (123, 30)
    assert status.status.error_code == 0
    request.model_spec.version.value = 5
    with pytest.raises(grpc.RpcError, match="version 5 of model half"):
        stub.GetModelStatus(request, timeout=9)
