"""What a replica does with what Ray hands on, without Ray."""

import grpc
import pytest
from tensorflow_serving.apis import model_management_pb2

from keras_productgen.serving.ray.calls import Aborted
from keras_productgen.serving.ray.replica import PortlessServer
from tests.serving import clients
from tests.serving.saved_models import floats


class Context:
    """`RayServegRPCContext`, as far as it is used."""

    def __init__(self, **metadata):
        self._metadata = [(n.replace("_", "-"), v) for n, v in metadata.items()]
        self._code, self._details, self._trailing = None, "", []

    def invocation_metadata(self):
        return self._metadata

    def code(self):
        return self._code

    def set_code(self, code):
        self._code = code

    def set_details(self, details):
        self._details = details

    def trailing_metadata(self):
        return self._trailing

    def set_trailing_metadata(self, metadata):
        self._trailing = metadata


@pytest.fixture(scope="module")
def calls(models_folder, tmp_path_factory):
    keys = tmp_path_factory.mktemp("keys") / "keys.txt"
    keys.write_text("shop right")
    with PortlessServer(models_folder, poll_seconds=0, api_keys=keys) as server:
        yield server.calls


REQUEST = clients.predict_request("half", {"x": floats(2.0)})


def test_a_call_is_answered_and_named(calls):
    context = Context(x_api_key="right", x_request_id="by-ray")
    answer = calls.answer("Predict", REQUEST, context)
    assert list(answer.outputs["y"].float_val) == [3.0]
    assert context.trailing_metadata() == [("x-request-id", "by-ray")]
    assert context.code() is None


@pytest.mark.parametrize(
    "name, key, code",
    [
        ("half", "wrong", grpc.StatusCode.UNAUTHENTICATED),
        ("none", "right", grpc.StatusCode.NOT_FOUND),
    ],
)
def test_an_error_is_in_the_context_with_the_name(calls, name, key, code):
    context = Context(x_api_key=key, x_request_id="by-ray")
    request = clients.predict_request(name, {"x": floats(2.0)})
    with pytest.raises(Aborted):
        calls.answer("Predict", request, context)
    assert context.code() is code
    assert ("x-request-id", "by-ray") in context.trailing_metadata()


def test_models_of_one_replica_are_not_replaced(calls):
    context = Context(x_api_key="right")
    request = model_management_pb2.ReloadConfigRequest()
    with pytest.raises(Aborted, match="which all replicas read"):
        calls.answer("HandleReloadConfigRequest", request, context)
    assert context.code() is grpc.StatusCode.UNIMPLEMENTED


def test_calls_are_logged_under_their_methods(calls, caplog):
    caplog.set_level("INFO", "keras_productgen")
    calls.answer("Predict", REQUEST, Context(x_api_key="right"))
    (line,) = caplog.messages
    name = "/tensorflow.serving.PredictionService/Predict"
    assert line.startswith(f"gRPC {name}: OK in ")
