"""What calls a server in the tests."""

import grpc
import requests
import tensorflow as tf
from tensorflow_serving.apis import model_service_pb2_grpc
from tensorflow_serving.apis import predict_pb2
from tensorflow_serving.apis import prediction_service_pb2_grpc

TIMEOUT = 20


def post(server, path, body, **options):
    """Sends a body, JSON or bytes; returns the response."""
    kind = "data" if isinstance(body, bytes) else "json"
    options = {kind: body, "timeout": TIMEOUT, **options}
    return requests.post(f"{server.rest_url}/v1/models/{path}", **options)


def get(server, path, **options):
    return requests.get(f"{server.rest_url}{path}", timeout=TIMEOUT, **options)


def metrics(server):
    return get(server, "/monitoring/prometheus/metrics").text


def prediction(server):
    channel = grpc.insecure_channel(server.grpc_address)
    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


def model_service(server):
    channel = grpc.insecure_channel(server.grpc_address)
    return model_service_pb2_grpc.ModelServiceStub(channel)


def predict_request(name, inputs, signature="", version=None, label=None):
    request = predict_pb2.PredictRequest()
    request.model_spec.name = name
    request.model_spec.signature_name = signature
    if version is not None:
        request.model_spec.version.value = version
    if label is not None:
        request.model_spec.version_label = label
    for alias, values in inputs.items():
        request.inputs[alias].CopyFrom(tf.make_tensor_proto(values))
    return request


def predict(server, name, inputs, **options):
    """Calls by gRPC; returns a dict of arrays."""
    request = predict_request(name, inputs, **options)
    response = prediction(server).Predict(request, timeout=TIMEOUT)
    return {a: tf.make_ndarray(p) for a, p in response.outputs.items()}
