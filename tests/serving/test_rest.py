"""The REST interface, case by case as TensorFlow Serving has it."""

import base64
import gzip
import json

import pytest

from tests.serving import clients

HALF = "half:predict"
TWO = {"signature_name": "two_inputs"}
ECHO = {"signature_name": "echo"}
REGRESS = {"signature_name": "regress_x_to_y"}
CLASSIFY = {"signature_name": "classify_x_to_y"}

ANSWERED = {
    "rows": (HALF, {"instances": [1.0, 2.0]}, {"predictions": [2.5, 3.0]}),
    "rows of integers": (HALF, {"instances": [2]}, {"predictions": [3.0]}),
    "columns": (HALF, {"inputs": [3.0, 4.0]}, {"outputs": [3.5, 4.0]}),
    "named columns": (HALF, {"inputs": {"x": [4.0]}}, {"outputs": [4.0]}),
    "named rows": (HALF, {"instances": [{"x": 2.0}]}, {"predictions": [3.0]}),
    "a version": (
        "half/versions/123:predict",
        {"instances": [1.0]},
        {"predictions": [2.5]},
    ),
    "a path in capitals": (
        "half/VERSIONS/123:PREDICT",
        {"instances": [1.0]},
        {"predictions": [2.5]},
    ),
    "a named signature": (
        HALF,
        {"signature_name": "serving_default", "instances": [3.0]},
        {"predictions": [3.5]},
    ),
    "more dimensions than the signature says": (
        HALF,
        {"instances": [[1.0, 2.0], [3.0, 4.0]]},
        {"predictions": [[2.5, 3.0], [3.5, 4.0]]},
    ),
    "several outputs in rows": (
        HALF,
        {**TWO, "instances": [{"x": 1.0, "n": 2}, {"x": 2.0, "n": 3}]},
        {"predictions": [{"n": 2, "sum": 3.0}, {"n": 3, "sum": 5.0}]},
    ),
    "several outputs in columns": (
        HALF,
        {**TWO, "inputs": {"x": [1.0], "n": [2]}},
        {"outputs": {"n": [2], "sum": [3.0]}},
    ),
    "text and bytes": (
        "pictures:predict",
        {**ECHO, "instances": [{"text": "ü", "data": {"b64": "AP8="}}]},
        {"predictions": [{"text": "ü", "data_bytes": {"b64": "AP8="}}]},
    ),
    "a scalar in columns": (
        "pictures:predict",
        {"signature_name": "total", "inputs": [1.0, 2.0]},
        {"outputs": 3.0},
    ),
    "regress": (
        "half:regress",
        {**REGRESS, "examples": [{"x": 80.0}, {"x": [2.0]}]},
        {"results": [42.0, 3.0]},
    ),
    "classify": (
        "half:classify",
        {**CLASSIFY, "examples": [{"x": 20.0}, {"x": 10.0}]},
        {"results": [[["", 12.0]], [["", 7.0]]]},
    ),
    "features of all examples": (
        "half:regress",
        {**REGRESS, "context": {"x": 80.0}, "examples": [{}]},
        {"results": [42.0]},
    ),
}

REFUSED = {
    "no document": (HALF, b"", 400, "JSON Parse error: The document is empty"),
    "no JSON": (HALF, b"instances = [1]", 400, "JSON Parse error: Invalid"),
    "no object": (HALF, [1.0], 400, "Is not object"),
    "no inputs": (HALF, {}, 400, "Missing 'inputs' or 'instances' key"),
    "both": (HALF, {"inputs": [1], "instances": [1]}, 400, "only one of"),
    "no list": (HALF, {"instances": 1.0}, 400, "to be an list/array"),
    "no rows": (HALF, {"instances": []}, 400, "No values in 'instances'"),
    "a wrong dtype": (HALF, {"instances": ["a"]}, 400, "expected type: float"),
    "unequal rows": (HALF, {"instances": [[1], [1, 2]]}, 400, "size: 2"),
    "an unknown input": (HALF, {"instances": [{"z": 1}]}, 400, "input: z"),
    "an input missing in a row": (
        HALF,
        {**TWO, "instances": [{"x": 1.0, "n": 1}, {"x": 1.0}]},
        400,
        "element: 1 of 'instances' list",
    ),
    "an input missing in columns": (
        HALF,
        {**TWO, "inputs": {"x": [1.0]}},
        400,
        "Missing named input: n",
    ),
    "a plain list for two inputs": (
        HALF,
        {**TWO, "instances": [1.0]},
        400,
        "expecting list of objects",
    ),
    "a plain column for two inputs": (
        HALF,
        {**TWO, "inputs": [1.0]},
        400,
        "expecting an object",
    ),
    "objects and values": (
        HALF,
        {"instances": [{"x": 1.0}, 2.0]},
        400,
        "Expecting object but got list at item 1",
    ),
    "values and objects": (
        HALF,
        {"instances": [2.0, {"x": 1.0}]},
        400,
        "Expecting value/list but got object at item 1",
    ),
    "a scalar in rows": (
        "pictures:predict",
        {"signature_name": "total", "instances": [1.0]},
        400,
        "has no shape information",
    ),
    "an unknown signature": (
        HALF,
        {"signature_name": "x", "instances": [1.0]},
        400,
        'Serving signature name: "x" not found in signature def',
    ),
    "a signature that is no name": (
        HALF,
        {"signature_name": 1, "instances": [1.0]},
        400,
        "must be a string value",
    ),
    "an unknown model": ("foo:predict", {"instances": [1]}, 404, "foo"),
    "an unknown version": (
        "half/versions/99:predict",
        {"instances": [1]},
        404,
        "Servable not found for request: Specific(half, 99)",
    ),
    "an unknown label": (
        "half/labels/x:predict",
        {"instances": [1]},
        400,
        "Unrecognized servable version label: x",
    ),
    "a version beyond 64 bits": (
        f"half/versions/{2**64}:predict",
        {"instances": [1]},
        400,
        "Failed to convert version",
    ),
    "a malformed path": (
        "half/version/1:predict",
        {},
        400,
        "Malformed request: POST /v1/models/half/version/1:predict",
    ),
    "a version that is no number": (
        "half/versions/one:predict",
        {},
        400,
        "Malformed request",
    ),
    "an operation that fails": (
        "pictures:predict",
        {"signature_name": "logarithm", "instances": [0.0]},
        400,
        "x must be above 0",
    ),
    "no examples": ("half:regress", REGRESS, 400, "'examples' is expected"),
    "examples that are none": (
        "half:regress",
        {**REGRESS, "examples": [1]},
        400,
        "Example must be JSON object but got JSON Number",
    ),
    "an empty list of examples": (
        "half:classify",
        {**CLASSIFY, "examples": []},
        400,
        "empty array",
    ),
    "a feature of two kinds": (
        "half:regress",
        {**REGRESS, "examples": [{"x": [1.0, "a"]}]},
        400,
        "Unexpected element type in feature: x",
    ),
    "examples for tensors": (
        "half:regress",
        {"examples": [{"x": 1.0}]},
        400,
        "No regress inputs found in SignatureDef",
    ),
    "classes of a regression": (
        "half:classify",
        {**REGRESS, "examples": [{"x": 1.0}]},
        400,
        "Expected classification signature outputs",
    ),
}


@pytest.mark.parametrize("case", ANSWERED)
def test_answers(server, case):
    path, body, wanted = ANSWERED[case]
    response = clients.post(server, path, body)
    assert response.status_code == 200, response.text
    assert response.json() == wanted
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize("case", REFUSED)
def test_refuses(server, case):
    path, body, status, message = REFUSED[case]
    response = clients.post(server, path, body)
    assert message in response.json()["error"]
    assert response.status_code == status
    for secret in ("[[", "{{", "Traceback", "/tmp", "File "):
        assert secret not in response.json()["error"]


def test_numbers_that_are_none_go_in_and_out(server):
    response = clients.post(server, HALF, b'{"inputs": [NaN, -Infinity, 1.0]}')
    assert response.text == '{"outputs": [NaN, -Infinity, 2.5]}'


def test_a_file_goes_in_and_a_file_comes_out(server):
    import numpy as np

    from keras_productgen import images

    picture = np.full((5, 7, 3), [200, 100, 0], "uint8")
    data = base64.b64encode(images.encode(picture, "PNG")).decode()
    response = clients.post(
        server, "pictures:predict", {"instances": [{"b64": data}]}
    )
    (row,) = response.json()["predictions"]
    found = images.decode(base64.b64decode(row["b64"]))
    np.testing.assert_array_equal(found, 255 - picture)


def test_status_names_all_versions(server):
    wanted = {
        "model_version_status": [
            {
                "version": "123",
                "state": "AVAILABLE",
                "status": {"error_code": "OK", "error_message": ""},
            }
        ]
    }
    for path in ("/v1/models/half", "/v1/models/half/versions/123"):
        response = clients.get(server, path)
        assert response.json() == wanted
        assert response.status_code == 200


@pytest.mark.parametrize(
    "path, status, message",
    [
        ("/v1/models", 400, "Missing model name in request."),
        ("/v1/models/foo", 404, "Could not find any versions of model foo"),
        ("/v1/models/half/versions/9", 404, "version 9 of model half"),
        ("/v1/models/half/labels/x", 400, "version label: x"),
        ("/v1/models/half:predict", 400, "Malformed request: GET"),
        ("/v1/models/half/metadata/x", 400, "Malformed request"),
        ("/v1/foo", 404, "Not Found"),
        ("/", 404, "Not Found"),
    ],
)
def test_refuses_to_look_up(server, path, status, message):
    response = clients.get(server, path)
    assert message in response.json()["error"]
    assert response.status_code == status


def test_metadata_shows_the_signatures(server):
    found = clients.get(server, "/v1/models/half/metadata").json()
    assert found["model_spec"] == {
        "name": "half",
        "version": "123",
        "signature_name": "",
    }
    signatures = found["metadata"]["signature_def"]["signature_def"]
    assert {"serving_default", "two_inputs"} <= set(signatures)
    x = signatures["two_inputs"]["inputs"]["x"]
    assert x["dtype"] == "DT_FLOAT"
    assert [d["size"] for d in x["tensor_shape"]["dim"]] == ["-1"]


def test_reads_gzip(server):
    body = gzip.compress(json.dumps({"instances": [1.0]}).encode())
    packed = {"content-encoding": "gzip"}
    response = clients.post(server, HALF, body, headers=packed)
    assert response.json() == {"predictions": [2.5]}
    response = clients.post(server, HALF, body[:-9], headers=packed)
    assert response.status_code == 400
    other = {"content-encoding": "br"}
    response = clients.post(server, HALF, body, headers=other)
    assert response.status_code == 415


def test_says_that_it_lives_and_is_ready(server):
    assert clients.get(server, "/healthz").status_code == 200
    assert clients.get(server, "/readyz").json() == {"status": "ready"}
