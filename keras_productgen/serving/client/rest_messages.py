"""Calls by REST as requests, and what their answers say."""

import datetime
import email.utils
import urllib.parse

import numpy as np

from keras_productgen.serving import errors
from keras_productgen.serving.client.calls import GetMetadata
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.rest import json_tensors
from keras_productgen.serving.rest import json_text

OK = 200
SHOWN = 200


def request(call):
    """Returns what httpx needs for a call: `method`, `url`, `content`."""
    target = call.target
    path = f"/v1/models/{urllib.parse.quote(target.model, safe='')}"
    if isinstance(target.version, str):
        path += f"/labels/{urllib.parse.quote(target.version, safe='')}"
    elif target.version is not None:
        path += f"/versions/{target.version}"
    if isinstance(call, GetMetadata):
        return {"method": "GET", "url": f"{path}/metadata"}
    # In columns: shorter than rows, and the answer comes so, too.
    document = {
        "signature_name": call.signature,
        "inputs": {
            name: json_tensors.to_json(array, as_bytes=True)
            for name, array in call.inputs.items()
        },
    }
    return {
        "method": "POST",
        "url": f"{path}:predict",
        "content": json_text.write(document),
        "headers": {"content-type": "application/json"},
    }


def answer(call, status, headers, body):
    """Returns what a response says.

    Args:
        call: `GetMetadata` or `MakeFiles`.
        status: int.
        headers: mapping, whose names have no case.
        body: bytes.

    Raises:
        ServingError: if it is an error, or not TensorFlow Serving's.
    """
    if status != OK:
        wait = _seconds(headers.get("retry-after"))
        raise errors.of_status(status, _message(status, body), wait)
    try:
        document = json_text.read(body)
        if isinstance(call, GetMetadata):
            signatures = document["metadata"]["signature_def"]
            version = int(document["model_spec"]["version"] or 0)
            found = dict(signatures["signature_def"])
            return {"signature_def": found, "version": version}
        outputs = document["outputs"]
    except (ServingError, KeyError, TypeError, ValueError) as error:
        raise ServingError(
            Code.UNKNOWN,
            "The answer must be that of TensorFlow Serving. Received: "
            f"{_beginning(body)}",
        ) from error
    return _files(outputs, call)


def _files(outputs, call):
    if isinstance(outputs, dict):
        named = [name for name in outputs if name.endswith("_bytes")]
        outputs = outputs[named[0]] if named else None
    try:
        array = json_tensors.to_array(outputs, np.dtype(object))
    except ServingError:
        array = None
    return call.checked(array)


def _message(status, body):
    try:
        return errors.plain(json_text.read(body)["error"])
    # A proxy in between has errors of its own.
    except (ServingError, KeyError):
        return f"HTTP {status}: {_beginning(body)}"


def _beginning(body):
    return body[:SHOWN].decode("utf-8", "replace").strip()


def _seconds(text):
    """What Retry-After says: seconds, or a date."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        date = email.utils.parsedate_to_datetime(text)
        left = date - datetime.datetime.now(datetime.UTC)
    except (ValueError, TypeError):
        return None
    return max(0.0, left.total_seconds())
