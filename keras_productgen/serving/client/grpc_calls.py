"""Calls by gRPC: messages, and what sends them."""

import grpc
import tensorflow as tf
from google.protobuf import json_format
from tensorflow_serving.apis import get_model_metadata_pb2
from tensorflow_serving.apis import predict_pb2
from tensorflow_serving.apis import prediction_service_pb2_grpc

from keras_productgen.serving import tensors
from keras_productgen.serving.client.calls import GetMetadata
from keras_productgen.serving.errors import TOO_LARGE
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import ServingTimeout
from keras_productgen.serving.errors import plain
from keras_productgen.serving.inference.metadata import SIGNATURES

OPTIONS = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    # Retries are ours, with a deadline over all of them.
    ("grpc.enable_retries", 0),
]
AS_TEXT = {
    "preserving_proto_field_name": True,
    "always_print_fields_with_no_presence": True,
}


class Grpc:
    """Sends calls by gRPC; `send` waits for the answer.

    Args:
        address: `Address`.
    """

    def __init__(self, address):
        self.address = address
        self._channel = _channel(grpc, address)
        self._stub = _stub(self._channel)

    def send(self, call, timeout):
        """Returns the answer of a call.

        Raises:
            ServingError: if the server refuses, or does not answer in time.
        """
        method, message = _method(self._stub, call), request(call)
        metadata = tuple(self.address.headers.items())
        try:
            found = method(message, timeout=timeout, metadata=metadata)
        except grpc.RpcError as error:
            raise failure(error) from error
        return answer(call, found)

    def close(self):
        self._channel.close()


class AsyncGrpc:
    """The same with `async`.

    Args:
        address: `Address`.
    """

    def __init__(self, address):
        self.address = address
        self._channel = None

    async def send(self, call, timeout):
        # A channel belongs to the loop that runs when it is made.
        if self._channel is None:
            self._channel = _channel(grpc.aio, self.address)
            self._stub = _stub(self._channel)
        method, message = _method(self._stub, call), request(call)
        metadata = tuple(self.address.headers.items())
        try:
            found = await method(message, timeout=timeout, metadata=metadata)
        except grpc.RpcError as error:
            raise failure(error) from error
        return answer(call, found)

    async def close(self):
        if self._channel is not None:
            await self._channel.close()


def request(call):
    """Returns the message of a call."""
    if isinstance(call, GetMetadata):
        message = get_model_metadata_pb2.GetModelMetadataRequest()
        message.metadata_field.append(SIGNATURES)
    else:
        message = predict_pb2.PredictRequest()
        message.model_spec.signature_name = call.signature
        for name, array in call.inputs.items():
            dtype = tf.string if array.dtype == object else array.dtype
            number = tf.dtypes.as_dtype(dtype).as_datatype_enum
            proto = tensors.to_proto(array, number)
            message.inputs[name].CopyFrom(proto)
    spec, target = message.model_spec, call.target
    spec.name = target.model
    if isinstance(target.version, str):
        spec.version_label = target.version
    elif target.version is not None:
        spec.version.value = target.version
    return message


def answer(call, message):
    """Returns what a message says."""
    if isinstance(call, GetMetadata):
        return _metadata(message)
    strings = {
        name: proto
        for name, proto in message.outputs.items()
        if proto.dtype == tf.string.as_datatype_enum
        and (name.endswith("_bytes") or len(message.outputs) == 1)
    }
    first = next(iter(strings.values()), None)
    return call.checked(None if first is None else tensors.to_array(first))


def failure(error):
    """Returns the ServingError of an RpcError."""
    code = Code[error.code().name]
    message = plain(error.details() or "")
    if code == Code.DEADLINE_EXCEEDED:
        return ServingTimeout(message)
    trailing = dict(error.trailing_metadata() or ())
    pushback = trailing.get("grpc-retry-pushback-ms")
    status, wait = None, None
    # gRPC's own limits are told apart by their words alone.
    if "larger than max" in message or (pushback or "").startswith("-"):
        status = TOO_LARGE
    elif pushback is not None and pushback.isdecimal():
        wait = int(pushback) / 1000
    return ServingError(code, message, status, wait)


def _metadata(message):
    signatures = get_model_metadata_pb2.SignatureDefMap()
    message.metadata[SIGNATURES].Unpack(signatures)
    found = json_format.MessageToDict(signatures, **AS_TEXT)
    found["version"] = message.model_spec.version.value
    return found


def _method(stub, call):
    if isinstance(call, GetMetadata):
        return stub.GetModelMetadata
    return stub.Predict


def _stub(channel):
    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


def _channel(kind, address):
    if not address.encrypted:
        return kind.insecure_channel(address.target, options=OPTIONS)
    credentials = grpc.ssl_channel_credentials(*address.pem())
    return kind.secure_channel(address.target, credentials, options=OPTIONS)
