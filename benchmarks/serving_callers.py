"""Calls a server from threads: the other process of `benchmarks.serving`.

Needs neither TensorFlow nor the package, so that it starts quickly and leaves
the processor to the server.
"""

import http.client
import json
import sys
import threading
import urllib.parse

from benchmarks.serving import INPUTS
from benchmarks.serving import timed


def grpc_call(address, model):
    import grpc

    request = request_bytes(model)
    method = grpc.insecure_channel(address).unary_unary(
        "/tensorflow.serving.PredictionService/Predict"
    )
    return lambda: method(request, timeout=60)


def request_bytes(model):
    """A PredictRequest in its wire format, made without TensorFlow."""
    body = field(1, field(1, model.encode()))
    for name, values in INPUTS[model].items():
        shape = field(2, field(2, bytes([1 << 3, len(values)])))
        tensor = bytes([1 << 3, 1 if model == "half" else 9]) + shape
        if model == "half":
            import struct

            tensor += field(5, struct.pack(f"<{len(values)}f", *values))
        else:
            tensor += field(10, bytes(values))
        body += field(2, field(1, name.encode()) + field(2, tensor))
    return body


def field(number, data):
    """A field of bytes, fewer than 128 of them."""
    return bytes([number << 3 | 2, len(data)]) + data


def rest_call(address, model):
    url = urllib.parse.urlsplit(address)
    body = json.dumps({"inputs": INPUTS[model]})
    kept = threading.local()

    def call():
        if not hasattr(kept, "connection"):
            kept.connection = http.client.HTTPConnection(url.netloc)
        kept.connection.request("POST", f"/v1/models/{model}:predict", body)
        response = kept.connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(response.status)

    return call


def main(address, model, way, callers, requests):
    call = {"grpc": grpc_call, "rest": rest_call}[way](address, model)
    print(json.dumps(timed(call, int(requests), int(callers))))


if __name__ == "__main__":
    main(*sys.argv[1:])
