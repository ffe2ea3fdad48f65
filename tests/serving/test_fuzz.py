"""Whatever comes in, the server answers: no crash, no hang, no 500.

In the quick part the same examples come each time; the slow part draws others.
"""

import gzip
import json
import pathlib
import tempfile

import numpy as np
import pytest
import requests

pytest.importorskip("hypothesis", reason="needs hypothesis")

import grpc  # noqa: E402
import hypothesis  # noqa: E402
from hypothesis import configuration  # noqa: E402
from hypothesis import strategies as some  # noqa: E402
from tensorflow.core.framework import tensor_pb2  # noqa: E402
from tensorflow_serving.apis import classification_pb2  # noqa: E402
from tensorflow_serving.apis import get_model_metadata_pb2  # noqa: E402
from tensorflow_serving.apis import get_model_status_pb2  # noqa: E402
from tensorflow_serving.apis import inference_pb2  # noqa: E402
from tensorflow_serving.apis import predict_pb2  # noqa: E402
from tensorflow_serving.apis import regression_pb2  # noqa: E402

from keras_productgen.serving.client import sources  # noqa: E402
from keras_productgen.serving.errors import INTERNAL_TEXT  # noqa: E402
from tests.serving import clients  # noqa: E402
from tests.serving.gateway.test_pictures import colored  # noqa: E402
from tests.serving.gateway.test_pictures import file_of  # noqa: E402

# It would keep what it knows of characters in the folder of the project.
configuration.set_hypothesis_home_dir(
    pathlib.Path(tempfile.gettempdir()) / "hypothesis"
)
# Of one answer; a hang is longer.
SECONDS = 20
SERVICE = "/tensorflow.serving.PredictionService/"
UNREADABLE = "Exception deserializing request!"  # gRPC's own, of no message.
AMOUNTS = pytest.mark.parametrize(
    "amount",
    [60, pytest.param(3000, marks=pytest.mark.slow)],
    ids=["some", "many"],
)


def fuzz(amount, strategy, check):
    """Calls `check` with so many values; the same ones where they are few."""

    @hypothesis.settings(
        max_examples=amount,
        derandomize=amount < 1000,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategy)
    def run(value):
        check(value)

    run()


@pytest.fixture(scope="module")
def session():
    with requests.Session() as session:
        yield session


@pytest.fixture
def post(server, session):
    """Posts a body, looks at the answer, returns its status."""

    def post(path, body, headers=None, method="POST"):
        url = f"{server.rest_url}{path}"
        response = session.request(
            method, url, data=body, headers=headers, timeout=SECONDS
        )
        assert response.status_code not in (500, 502, 504), response.text
        assert INTERNAL_TEXT not in response.text
        if response.status_code != 200:
            assert isinstance(response.json()["error"], str)
        return response.status_code

    return post


@pytest.fixture(autouse=True)
def well_afterwards(server):
    yield
    answer = clients.post(server, "half:predict", {"instances": [2.0]})
    assert answer.json() == {"predictions": [3.0]}
    assert not server._gateway.admission.running


SCALARS = (
    some.none()
    | some.booleans()
    | some.integers(-(2**70), 2**70)
    | some.floats()
    | some.text(max_size=6)
    | some.sampled_from(["aGk=", "a", "x", "\ud800", "1e999", "-0"])
)
NAMES = some.sampled_from(["x", "n", "b64", "text", "data", "y"])
VALUES = some.recursive(
    SCALARS,
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(NAMES | some.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)
SIGNATURES = ["", "serving_default", "two_inputs", "echo", "classify_x_to_y"]
DOCUMENTS = some.fixed_dictionaries(
    {},
    optional={
        "signature_name": some.sampled_from(SIGNATURES) | SCALARS,
        "instances": VALUES,
        "inputs": VALUES | some.dictionaries(NAMES, VALUES, max_size=3),
        "examples": some.lists(some.dictionaries(NAMES, VALUES, max_size=3)),
        "context": some.dictionaries(NAMES, VALUES, max_size=2),
    },
)
MODELS = some.sampled_from(["half", "pictures"])
VERBS = some.sampled_from(["predict", "classify", "regress"])


@AMOUNTS
def test_json_of_any_shape(amount, post):
    def check(asked):
        model, verb, document = asked
        body = json.dumps(document).encode("utf-8", "surrogatepass")
        post(f"/v1/models/{model}:{verb}", body)

    fuzz(amount, some.tuples(MODELS, VERBS, DOCUMENTS | VALUES), check)


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("predict", b'{"signature_name": "\\ud800", "inputs": 1}'),
        ("classify", b'{"signature_name": "\\uDFFF", "examples": [{}]}'),
        ("regress", b'{"examples": [{"\\ud800": 1}]}'),
        ("classify", b'{"examples": [{"x": false}]}'),
    ],
)
def test_what_has_been_found_is_mended(post, verb, body):
    assert post(f"/v1/models/half:{verb}", body) == 400


HALF = b'{"signature_name": "two_inputs", "inputs": {"x": [1.5], "n": [2]}}'


@some.composite
def spoiled(draw, wholes):
    """Bytes of something whole, with some of them changed or cut off."""
    data = bytearray(draw(some.sampled_from(wholes)))
    places = some.integers(0, len(data) - 1)
    for place in draw(some.lists(places, max_size=6)):
        data[place] = draw(some.integers(0, 255))
    start, end = sorted(draw(some.tuples(places, places)))
    if draw(some.booleans()):
        del data[start:end]
    return bytes(data)


@AMOUNTS
def test_bytes_that_are_nearly_json(amount, post):
    bodies = some.binary(max_size=60) | spoiled([HALF])

    def check(body):
        for verb in ("predict", "classify"):
            post(f"/v1/models/half:{verb}", body)

    fuzz(amount, bodies, check)


def test_json_nested_as_deep_as_it_goes(post):
    for deep in (30, 40, 500, 5000, 200_000):
        for left, right in (("[", "]"), ('{"x":', "}")):
            value = left * deep + ("1" if right == "}" else "") + right * deep
            post("/v1/models/half:predict", f'{{"inputs": {value}}}'.encode())


@AMOUNTS
def test_bodies_packed_in_any_way(amount, post):
    packed = spoiled([gzip.compress(HALF * 20)])
    headers = some.fixed_dictionaries(
        {},
        optional={
            "content-encoding": some.sampled_from(["gzip", "br", "GZIP", ""]),
            "content-type": some.sampled_from(["text/html", "", ";;"]),
            "authorization": some.sampled_from(["Bearer", "Bearer \xe9", ""]),
        },
    )

    def check(asked):
        post("/v1/models/half:predict", *asked)

    fuzz(amount, some.tuples(packed, headers), check)


PARTS = some.sampled_from(
    ["v1", "models", "half", "half:predict", "versions", "123", "labels", "..",
     "metadata", "%2e%2e", "%00", "%ff", "99999999999999999999", "-1", ":", "",
     "healthz", "monitoring", "prometheus", "metrics", "half:", "\u00e9"]
)  # fmt: skip


@AMOUNTS
def test_paths_and_methods(amount, post):
    methods = some.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE"])
    paths = some.lists(PARTS, max_size=6) | some.lists(PARTS, max_size=4).map(
        lambda parts: ["v1", "models", *parts]
    )

    def check(asked):
        method, parts = asked
        if method == "HEAD":  # Its answers have no body to look at.
            method = "PATCH"
        post("/" + "/".join(parts), b"", method=method)

    fuzz(amount, some.tuples(methods, paths), check)


@pytest.fixture
def call(server):
    """Sends bytes to a method by gRPC; returns the code, None if all went."""
    with grpc.insecure_channel(server.grpc_address) as channel:

        def call(method, data):
            try:
                channel.unary_unary(SERVICE + method)(data, timeout=SECONDS)
            except grpc.RpcError as error:
                code, text = error.code(), error.details()
                assert code != grpc.StatusCode.UNKNOWN, text
                assert code != grpc.StatusCode.DEADLINE_EXCEEDED, text
                own = code == grpc.StatusCode.INTERNAL
                assert not own or text == UNREADABLE, text
                return code
            return None

        yield call


SIDES = some.lists(some.integers(-1, 3) | some.integers(-(2**63), 2**63 - 1),
                   max_size=3)  # fmt: skip


@some.composite
def tensors(draw):
    """A TensorProto, whose dtype, shape and values need not agree."""
    proto = tensor_pb2.TensorProto()
    proto.dtype = draw(some.sampled_from([1, 3, 7, 9]) | some.integers(0, 140))
    proto.tensor_shape.unknown_rank = draw(some.booleans())
    for side in draw(SIDES):
        proto.tensor_shape.dim.add().size = side
    integers = some.lists(some.integers(-(2**31), 2**31 - 1), max_size=3)
    proto.float_val.extend(draw(some.lists(some.floats(width=32), max_size=3)))
    proto.int_val.extend(draw(integers))
    proto.int64_val.extend(draw(integers))
    proto.string_val.extend(draw(some.lists(some.binary(max_size=4))))
    proto.tensor_content = draw(some.binary(max_size=16))
    proto.version_number = draw(some.integers(0, 3))
    return proto


@some.composite
def predict_requests(draw):
    request = predict_pb2.PredictRequest()
    spec = request.model_spec
    spec.name = draw(some.sampled_from(["half", "pictures", "no", ""]))
    spec.signature_name = draw(some.sampled_from([*SIGNATURES, "no"]))
    if draw(some.booleans()):
        spec.version.value = draw(some.sampled_from([1, 123, -5, 2**62]))
    names = some.sampled_from(["x", "n", "text", "data", "image_bytes"])
    for name in draw(some.lists(names, max_size=3)):
        request.inputs[name].CopyFrom(draw(tensors()))
    wanted = some.sampled_from(["y", "sum", "n", "no"])
    request.output_filter.extend(draw(some.lists(wanted, max_size=2)))
    return request.SerializeToString()


@AMOUNTS
def test_tensors_that_make_no_sense(amount, call):
    fuzz(amount, predict_requests(), lambda data: call("Predict", data))


METHODS = {
    "Predict": predict_pb2.PredictRequest,
    "Classify": classification_pb2.ClassificationRequest,
    "Regress": regression_pb2.RegressionRequest,
    "MultiInference": inference_pb2.MultiInferenceRequest,
    "GetModelMetadata": get_model_metadata_pb2.GetModelMetadataRequest,
}


def whole_messages():
    """A message of each method that the server answers, as bytes."""
    half = {"x": np.ones(1, "float32")}
    wholes = [clients.predict_request("half", half)]
    for kind in (METHODS["Classify"], METHODS["Regress"]):
        request = kind()
        request.model_spec.name = "half"
        request.model_spec.signature_name = (
            "regress_x_to_y"
            if kind is METHODS["Regress"]
            else "classify_x_to_y"
        )
        example = request.input.example_list.examples.add()
        example.features.feature["x"].float_list.value.append(2.0)
        wholes.append(request)
    several = METHODS["MultiInference"](input=wholes[-1].input)
    task = several.tasks.add(method_name="tensorflow/serving/regress")
    task.model_spec.CopyFrom(wholes[-1].model_spec)
    metadata = METHODS["GetModelMetadata"](metadata_field=["signature_def"])
    metadata.model_spec.name = "half"
    wholes += [several, metadata]
    return [message.SerializeToString() for message in wholes]


def test_the_messages_are_whole_before_they_are_spoiled(call):
    for method, data in zip(METHODS, whole_messages(), strict=True):
        assert call(method, data) is None


@AMOUNTS
def test_messages_with_spoiled_bytes(amount, call):
    methods = some.sampled_from([*METHODS])
    data = some.binary(max_size=40) | spoiled(whole_messages())
    fuzz(amount, some.tuples(methods, data), lambda asked: call(*asked))


def test_another_service_gets_what_is_none_of_its_messages(server):
    path = "/tensorflow.serving.ModelService/GetModelStatus"
    whole = get_model_status_pb2.GetModelStatusRequest()
    whole.model_spec.name = "half"
    with grpc.insecure_channel(server.grpc_address) as channel:
        method = channel.unary_unary(path)

        def check(data):
            try:
                method(data, timeout=SECONDS)
            except grpc.RpcError as error:
                assert error.details() != INTERNAL_TEXT
                assert error.code() != grpc.StatusCode.UNKNOWN

        fuzz(30, spoiled([whole.SerializeToString()]), check)


PICTURES = [
    file_of(colored(), "PNG"),
    file_of(colored("P"), "PNG"),
    file_of(colored(size=(16, 16)), "JPEG"),
    file_of(colored("CMYK"), "JPEG"),
    file_of(colored(), "WEBP"),
    file_of(colored(), "GIF"),
    file_of(colored(), "BMP"),
    file_of(colored(), "TIFF"),
    file_of(colored(size=(16, 16)), "ICO"),
]


@AMOUNTS
def test_pictures_with_spoiled_bytes(amount, post, call):
    def check(data):
        files = np.array([data], object)
        request = clients.predict_request("pictures", {"image_bytes": files})
        call("Predict", request.SerializeToString())
        try:
            sources.read(data)
        except ValueError as error:
            assert str(error)

    fuzz(amount, spoiled(PICTURES) | some.binary(max_size=50), check)
