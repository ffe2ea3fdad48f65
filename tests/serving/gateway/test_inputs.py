"""What a request may hold, and how much of it is computed at once."""

import base64
import math
import time
from concurrent import futures

import grpc
import numpy as np
import pytest
from PIL import Image
from tensorflow_serving.apis import classification_pb2
from tensorflow_serving.apis import inference_pb2

from keras_productgen import serving
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway import Inputs
from keras_productgen.serving.gateway import Pictures
from keras_productgen.serving.gateway import Room
from tests.serving import clients
from tests.serving.gateway.test_pictures import file_of
from tests.serving.saved_models import floats


@pytest.fixture(scope="module")
def server(models_folder):
    limits = serving.Limits(max_rows=5, threads=1)
    with serving.Server(
        models_folder, rest_port=0, grpc_port=0, poll_seconds=0, limits=limits
    ) as server:
        yield server


@pytest.mark.parametrize(
    "body",
    [
        {"instances": [2.0] * 6},
        {"inputs": [2.0] * 6},
        {
            "signature_name": "two_inputs",
            "inputs": {"x": [2.0], "n": [1] * 6},
        },
    ],
    ids=["rows", "a column", "columns"],
)
def test_too_many_rows_are_refused_before_a_model_sees_them(server, body):
    response = clients.post(server, "half:predict", body)
    assert response.status_code == 413
    error = response.json()["error"]
    assert error == "A request must have at most 5 rows. Received: 6"


def test_as_many_rows_as_are_allowed_are_answered(server):
    response = clients.post(server, "half:predict", {"instances": [2.0] * 5})
    assert response.json() == {"predictions": [3.0] * 5}
    found = clients.predict(server, "half", {"x": floats(*[2.0] * 5)})
    assert found["y"].tolist() == [3.0] * 5


def refused(call, request):
    with pytest.raises(grpc.RpcError) as error:
        call(request, timeout=clients.TIMEOUT)
    assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "at most 5 rows" in error.value.details()
    # It is not to be tried again, as a busy server is.
    trailing = dict(error.value.trailing_metadata())
    assert trailing["grpc-retry-pushback-ms"] == "-1"


def test_rows_are_counted_by_grpc_before_they_are_made(server):
    stub = clients.prediction(server)
    request = clients.predict_request("half", {"x": floats(2.0)})
    # A few bytes claim to be millions of rows.
    request.inputs["x"].tensor_shape.dim[0].size = 30_000_000
    refused(stub.Predict, request)


def test_examples_are_rows_too(server):
    stub = clients.prediction(server)
    request = classification_pb2.ClassificationRequest()
    request.model_spec.name = "half"
    request.model_spec.signature_name = "classify_x_to_y"
    for _ in range(6):
        request.input.example_list.examples.add()
    refused(stub.Classify, request)
    several = inference_pb2.MultiInferenceRequest(input=request.input)
    task = several.tasks.add(method_name="tensorflow/serving/classify")
    task.model_spec.CopyFrom(request.model_spec)
    refused(stub.MultiInference, several)
    body = {
        "signature_name": "classify_x_to_y",
        "examples": [{"x": [1.0]}] * 6,
    }
    assert clients.post(server, "half:classify", body).status_code == 413


class Model:
    """A servable that notes how many pictures it has at a time."""

    max_pixels = None

    def __init__(self):
        self.running, self.most = 0, 0

    def run(self, signature, feeds, outputs):
        self.running += 1
        self.most = max(self.most, self.running)
        time.sleep(0.02)
        self.running -= 1
        return feeds


def picture(side):
    file = file_of(Image.new("RGB", (side, side)), "PNG")
    return {"image_bytes": np.array([file], object)}


@pytest.mark.parametrize(
    "feeds",
    [picture(10), {"images": np.zeros((1, 10, 10, 3), "float32")}],
    ids=["files", "numbers"],
)
def test_pictures_wait_until_there_is_room_for_them(feeds):
    inputs, model = Inputs(9, Pictures(1000), Room(200)), Model()
    with futures.ThreadPoolExecutor(8) as pool:
        run = [
            pool.submit(inputs.run, model, "restore", feeds, [])
            for _ in range(8)
        ]
    assert [set(future.result()) for future in run] == [set(feeds)] * 8
    assert model.most == 2


def test_what_holds_no_picture_does_not_wait():
    inputs, model = Inputs(9, Pictures(1000), Room(1)), Model()
    with inputs.room.enter(1):
        seeds = {"seed": np.zeros(3, "int64"), "latents": np.zeros((3, 64))}
        assert inputs.run(model, "generate", seeds, []) is seeds


def test_a_model_that_says_how_much_it_takes_is_asked_for_no_more():
    inputs, model = Inputs(9, Pictures(10_000), Room(10_000)), Model()
    model.max_pixels = 100
    assert inputs.run(model, "restore", picture(10), [])
    with pytest.raises(ServingError, match="at most 100 pixels") as error:
        inputs.run(model, "restore", picture(11), [])
    assert error.value.http_status == 413
    three = {"image_bytes": np.repeat(picture(10)["image_bytes"], 3)}
    with pytest.raises(ServingError, match=r"\[2\].* 200 pixels together"):
        inputs.run(model, "restore", three, [])
    assert model.most == 1


def test_defaults_fit_each_other():
    limits = serving.Limits()
    # A picture as large as our own models take, and the time for two such.
    largest, seconds = 2**21, 79 / 12
    assert limits.max_pixels_at_once >= 2 * largest
    at_once = Pictures(limits.max_pixels)
    assert 2 * largest < at_once.max_pixels
    assert 2 * 2 * seconds < limits.timeout
    assert limits.max_body_bytes < limits.max_held_bytes
    assert limits.max_requests < limits.max_connections
    assert math.isfinite(limits.head_seconds)


def test_pictures_of_a_request_have_their_place_in_what_is_said(server):
    whole = file_of(Image.new("RGB", (64, 64), (9, 200, 30)), "JPEG")
    rows = [
        {"b64": base64.b64encode(data).decode()}
        for data in (whole, whole[: len(whole) // 2])
    ]
    response = clients.post(server, "pictures:predict", {"instances": rows})
    assert response.status_code == 400
    assert response.json()["error"].startswith("image_bytes[1]: ")
