"""What asks for health by gRPC in the tests."""

import contextlib
import queue
import threading

import grpc
from grpc_health.v1 import health_pb2
from grpc_health.v1 import health_pb2_grpc

from keras_productgen import serving

SERVING = health_pb2.HealthCheckResponse.SERVING
ALL = health_pb2.HealthListRequest()
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
KEY = [("x-api-key", "right")]


def start(folder, **settings):
    return serving.Server(
        folder,
        rest_port=0,
        grpc_port=0,
        poll_seconds=0,
        grpc_health=True,
        **settings,
    )


@contextlib.contextmanager
def stub(server, address=None):
    with grpc.insecure_channel(address or server.grpc_address) as channel:
        yield health_pb2_grpc.HealthStub(channel)


def asked(name):
    return health_pb2.HealthCheckRequest(service=name)


def check(server, name="", metadata=None):
    with stub(server) as found:
        return found.Check(asked(name), timeout=9, metadata=metadata).status


class Watching:
    """What a server tells somebody who watches, in a queue; None is the end."""

    def __init__(self, stub, name="", metadata=None):
        self.told = queue.Queue()
        self._call = stub.Watch(asked(name), metadata=metadata)
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self):
        return self.told.get(timeout=9)

    def leave(self):
        self._call.cancel()

    def _listen(self):
        try:
            for response in self._call:
                self.told.put(response.status)
            self.told.put(None)
        except grpc.RpcError as error:
            self.told.put(error.code())
