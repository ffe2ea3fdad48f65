"""Values of JSON and arrays."""

import json

import numpy as np
import pytest

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.rest import json_tensors
from keras_productgen.serving.rest import json_text


def array_of(value, dtype):
    return json_tensors.to_array(value, dtype)


@pytest.mark.parametrize(
    "value, dtype, wanted",
    [
        (2, "float32", 2.0),
        ([1, 2.5], "float32", [1.0, 2.5]),
        ([[1, 2], [3, 4]], "int64", [[1, 2], [3, 4]]),
        ([-128, 127], "int8", [-128, 127]),
        ([2**64 - 1], "uint64", [2**64 - 1]),
        ([True, False], "bool", [True, False]),
        (["a", "ü"], object, [b"a", "ü".encode()]),
        ([{"b64": "AP8="}, {"b64": "AP8"}], object, [b"\0\xff"] * 2),
        (["a", {"b64": "Yg=="}], object, [b"a", b"b"]),
        ([[], []], "float32", [[], []]),
        ([float("nan"), float("inf")], "float32", [np.nan, np.inf]),
    ],
)
def test_reads_what_suits(value, dtype, wanted):
    found = array_of(value, dtype)
    assert found.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(found, wanted)
    assert found.shape == np.shape(wanted)


@pytest.mark.parametrize(
    "value, dtype, message",
    [
        (["1"], "float32", "String is not of expected type: float"),
        ([True], "float32", "Bool is not of expected type: float"),
        ([1, True], "int32", "Bool is not of expected type: int32"),
        ([None], "float32", "Null is not of expected type: float"),
        ([1.0], "int32", "Number is not of expected type: int32"),
        ([1], "bool", "Number is not of expected type: bool"),
        ([1], object, "Number is not of expected type: string"),
        ([128], "int8", "128 Type: Number is not of expected type: int8"),
        ([-1], "uint8", "-1 Type: Number"),
        ([10**400], "float64", "is not of expected type: double"),
        ([{"b64": "Yg=="}], "float32", "Object is not of expected type"),
        ([{"b64": "!"}], object, "Unable to base64 decode"),
        ([{"b64": "Yg==", "x": 1}], object, "not formatted correctly for base"),
        ([[1, 2], [3]], "float32", "unexpected size: 1 at level: 1 expected"),
        ([[1], 2], "float32", "found at incorrect level: 2"),
        ([1, [2]], "float32", "Encountered list at unexpected level: 1"),
    ],
)
def test_refuses_what_does_not(value, dtype, message):
    with pytest.raises(ServingError, match=message) as error:
        array_of(value, dtype)
    assert error.value.code == Code.INVALID_ARGUMENT


def test_lists_without_end_are_refused():
    value = 1.0
    for _ in range(500):
        value = [value]
    with pytest.raises(ServingError, match="at most 32 dimensions"):
        array_of(value, "float32")


def test_a_dtype_that_json_has_not_is_unimplemented():
    with pytest.raises(ServingError) as error:
        array_of([1.0], "complex64")
    assert error.value.code == Code.UNIMPLEMENTED


@pytest.mark.parametrize(
    "array, text",
    [
        (np.array([0.1, 3e-5], "float32"), "[0.1,0.00003]"),
        (np.array([[1, 2]], "int64"), "[[1,2]]"),
        (np.array([True]), "[true]"),
        (np.float32(0.5), "0.5"),
    ],
)
def test_numbers_are_written_short(array, text):
    written = json_text.write({"a": json_tensors.to_json(array, False)})
    assert written.decode() == '{"a":' + text + "}"


def test_numbers_that_are_none_are_written_as_tensorflow_serving_does():
    array = np.array([0.1, np.nan, np.inf, -np.inf], "float32")
    text = json_text.write({"a": [{"b": array}]}).decode()
    assert text == '{"a": [{"b": [0.1, NaN, Infinity, -Infinity]}]}'
    assert json.loads(text)["a"][0]["b"][0] == 0.1
    again = json_text.read(text.encode())["a"][0]["b"]
    np.testing.assert_array_equal(np.array(again, "float32"), array)


def test_strings_are_text_or_bytes_by_the_name_of_the_output():
    array = np.array([[b"a"], [b"\xff"]], object)
    assert json_tensors.to_json(array, True) == [
        [{"b64": "YQ=="}],
        [{"b64": "/w=="}],
    ]
    # What is no text cannot stand in JSON as such.
    assert json_tensors.to_json(array, False) == [["a"], [{"b64": "/w=="}]]


def test_what_is_written_is_read_again():
    generator = np.random.default_rng(0)
    for dtype in ("float32", "float64", "int32", "uint8"):
        array = (generator.normal(size=(3, 2, 4)) * 50).astype(dtype)
        text = json_text.write({"a": json_tensors.to_json(array, False)})
        found = array_of(json_text.read(text)["a"], dtype)
        np.testing.assert_array_equal(found, array)


@pytest.mark.parametrize(
    "body, message",
    [
        (b"", "JSON Parse error: The document is empty"),
        (b"instances = [1]", "JSON Parse error: Invalid value"),
        (b'{"a": 1', "JSON Parse error"),
        (b"\xff\xfe", "JSON Parse error"),
        (b"[1]", "Is not object"),
        (b"[" * 100_000, "JSON Parse error"),
    ],
)
def test_bad_json_is_refused(body, message):
    with pytest.raises(ServingError, match=message) as error:
        json_text.read(body)
    assert error.value.code == Code.INVALID_ARGUMENT
