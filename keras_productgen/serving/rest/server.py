"""The port and the thread of the REST interface."""

import asyncio
import contextlib
import socket
import ssl
import threading
from concurrent import futures

import uvicorn

from keras_productgen.serving.rest.app import RestApp
from keras_productgen.serving.rest.connections import connections
from keras_productgen.serving.rest.routes import Routes

STARTING = 30.0


class RestServer:
    """Serves a `Service` by REST, from a thread of its own.

    Args:
        service: `Service`.
        gateway: `Gateway`.
        metrics: `ServingMetrics`.
        metrics_path: path of the Prometheus page; None for none.
        cors: bool, whether pages of any origin may call.
    """

    def __init__(
        self, service, gateway, metrics, metrics_path=None, cors=False
    ):
        self._tls = gateway.tls
        self._protocol = connections(gateway.limits, metrics.refused)
        self._executor = futures.ThreadPoolExecutor(
            gateway.limits.threads, "rest"
        )
        self._app = RestApp(
            Routes(service),
            gateway,
            metrics,
            self._executor,
            metrics_path,
            cors,
        )
        self._server = None
        self._socket = None
        self._thread = None

    def listen(self, host, port):
        """Opens a port, before `start`; 0 is a free one. Returns the port.

        Raises:
            OSError: if it cannot be opened.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Said to be TCP, asyncio sends small answers at once: else they wait
        # 40 ms for the client to confirm their head.
        self._socket = socket.socket(
            family, socket.SOCK_STREAM, socket.IPPROTO_TCP
        )
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError as error:
            self._socket.close()
            raise OSError(
                "The address must be free to listen on. "
                f"Received: '{host}:{port}'"
            ) from error
        return self._socket.getsockname()[1]

    def start(self):
        """Answers from here on.

        Raises:
            OSError: if it does not start.
        """
        with contextlib.ExitStack() as stack:
            self._server = uvicorn.Server(self._config(stack))
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve()), name="rest", daemon=True
        )
        started = threading.Event()
        self._server.startup = _telling(self._server.startup, started)
        self._thread.start()
        if not started.wait(STARTING):
            raise OSError("The REST interface did not start.")

    def stop(self, seconds):
        """Lets running requests end, for so long."""
        if self._server is not None:
            self._server.config.timeout_graceful_shutdown = max(1, int(seconds))
            self._server.should_exit = True
            self._thread.join(seconds + 5)
        if self._socket is not None:
            self._socket.close()
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def _serve(self):
        await self._server.serve([self._socket])
        # Connections that did not end in time are cut off.
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0.01)

    def _config(self, stack):
        settings = {}
        if self._tls is not None:
            certificate, key, authority = stack.enter_context(self._tls.files())
            settings = {
                "ssl_certfile": certificate,
                "ssl_keyfile": key,
                "ssl_ca_certs": authority,
                "ssl_cert_reqs": ssl.CERT_REQUIRED
                if self._tls.client_certificates
                else ssl.CERT_NONE,
            }
        config = uvicorn.Config(
            self._app,
            loop="asyncio",
            http=self._protocol,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            **settings,
        )
        # The files of the certificates are gone when this returns.
        config.load()
        return config


def _telling(startup, started):
    async def start(*args, **kwargs):
        await startup(*args, **kwargs)
        started.set()

    return start
