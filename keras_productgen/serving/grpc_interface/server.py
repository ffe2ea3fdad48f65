"""Ports and threads of the gRPC interface."""

from concurrent import futures

import grpc
from tensorflow_serving.apis import model_service_pb2_grpc
from tensorflow_serving.apis import prediction_service_pb2_grpc

from keras_productgen.serving.extra import HEALTH_CHECKING
from keras_productgen.serving.extra import check_extra
from keras_productgen.serving.grpc_interface.authentication import (
    KeyInterceptor,
)
from keras_productgen.serving.grpc_interface.authentication import key_check
from keras_productgen.serving.grpc_interface.calls import Calls
from keras_productgen.serving.grpc_interface.services import ModelService
from keras_productgen.serving.grpc_interface.services import PredictionService
from keras_productgen.serving.grpc_interface.telling import LogInterceptor

# Beside a tensor a message has names, shapes and the like.
OVERHEAD = 2**16


class GrpcServer:
    """Serves a `Service` by gRPC.

    Args:
        service: `Service`.
        gateway: `Gateway`.
        metrics: `ServingMetrics`.
        options: list of pairs, arguments of gRPC's channels.
        health: bool, whether gRPC's own service of health answers.

    Raises:
        ImportError: if that is wanted, and its package is missing.
    """

    def __init__(self, service, gateway, metrics, options=(), health=False):
        limits = gateway.limits
        self._tls = gateway.tls
        self._server = grpc.server(
            # Each has a thread from its first byte on: a call that never
            # sends its message is to take none from those who do.
            futures.ThreadPoolExecutor(limits.max_connections, "grpc"),
            interceptors=interceptors(gateway, metrics),
            options=[
                (
                    "grpc.max_receive_message_length",
                    limits.max_body_bytes + OVERHEAD,
                ),
                ("grpc.max_send_message_length", -1),
                # Two servers on one port would take turns in answering.
                ("grpc.so_reuseport", 0),
                *options,
            ],
            maximum_concurrent_rpcs=limits.max_connections,
        )
        calls = Calls(gateway, metrics)
        prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(
            PredictionService(service, calls), self._server
        )
        model_service_pb2_grpc.add_ModelServiceServicer_to_server(
            ModelService(service, calls), self._server
        )
        self._health = None
        if health:
            self._health = _health_of(service, gateway, metrics)
            self._health.add_to(self._server)

    def listen(self, address):
        """Opens a port, before `start`.

        Args:
            address: `host:port`, port 0 for a free one, or `unix:PATH`.

        Returns:
            int, the port.

        Raises:
            OSError: if it cannot be opened.
        """
        try:
            if self._tls is None or address.startswith("unix:"):
                return self._server.add_insecure_port(address)
            return self._server.add_secure_port(address, self._credentials())
        except RuntimeError as error:
            raise OSError(
                f"The address must be free to listen on. Received: {address!r}"
            ) from error

    def start(self):
        self._server.start()
        if self._health is not None:
            self._health.start()

    def stop(self, seconds):
        """Lets running calls end, for so long."""
        if self._health is not None:
            self._health.stop()
        self._server.stop(seconds).wait()

    def _credentials(self):
        return grpc.ssl_server_credentials(
            [(self._tls.key, self._tls.certificate)],
            self._tls.client_authority,
            self._tls.client_certificates,
        )


def _health_of(service, gateway, metrics):
    check_extra(HEALTH_CHECKING, "gRPC's service of health")
    from keras_productgen.serving.grpc_interface.health import Health

    return Health(
        service.models,
        gateway.admission,
        gateway.limits.max_connections,
        key_check(gateway.keys, metrics.refused),
    )


def interceptors(gateway, metrics):
    """Returns what every call passes, the outermost first."""
    found = [LogInterceptor()]
    if gateway.keys is not None:
        check_key = key_check(gateway.keys, metrics.refused)
        found.append(KeyInterceptor(check_key))
    return found
