"""The server: models, the two interfaces, and what stands before them."""

import logging

from keras_productgen.serving import batching as batches
from keras_productgen.serving import sources
from keras_productgen.serving.config.files import METRICS_PATH
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway import Gateway
from keras_productgen.serving.gateway import Inputs
from keras_productgen.serving.gateway import Keys
from keras_productgen.serving.gateway import Limits
from keras_productgen.serving.gateway import Pictures
from keras_productgen.serving.grpc_interface import GrpcServer
from keras_productgen.serving.metrics import ServingMetrics
from keras_productgen.serving.metrics import watch_server
from keras_productgen.serving.ports import check_ports
from keras_productgen.serving.rest.server import RestServer
from keras_productgen.serving.service import Service
from keras_productgen.serving.versions import Loader
from keras_productgen.serving.versions import Models
from keras_productgen.serving.watching import Watcher

LOGGER = logging.getLogger(__name__)
GRACE = 2.0  # Seconds for answers that are on their way out.


class Server:
    """Serves SavedModels as TensorFlow Serving does, by REST and gRPC.

    In a notebook:

        with kpg.serving.Server("saved_models") as server:
            requests.post(f"{server.rest_url}/v1/models/shoes:predict", ...)

    New versions are loaded before old ones go, a broken one leaves the one
    before in place, and what runs is answered before the server closes.

    Args:
        models: folder of models as `saved_models/MODEL/VERSION`, folder of
            the versions of one, model configuration file of TensorFlow
            Serving, or list of `ModelConfig`.
        host: the address to listen on; "0.0.0.0" for every network.
        rest_port: int, 0 for a free one, None for no REST.
        grpc_port: int, 0 for a free one, None for no gRPC.
        grpc_socket: optional path of a Unix socket for gRPC.
        batching: `Batching` or None; "auto" merges calls on a GPU only.
        limits: `Limits` of requests.
        api_keys: optional path of a file, as in `Keys`.
        tls: optional `TLS`.
        picture_inputs: names of inputs whose picture files are looked at
            and made plain first, as in `Pictures`; empty for none.
        poll_seconds: float, how often to look for versions; 0 for never.
        source_poll_seconds: optional float, how often to look for other
            models; by default as often as for versions.
        metrics_path: path of the Prometheus page; None for none.
        cors: bool, whether pages of any origin may call by REST.
        allow_unavailable_labels: bool, whether a label may name a version
            that does not serve.
        grpc_options: pairs, arguments of gRPC's channels.
        grpc_health: bool, whether gRPC's own service of health answers; for
            the server as a whole it needs no key.
        **loading: further arguments of `versions.Loader`:
            `warm_up_iterations`, `per_model_batching`, `session_config`,
            `tags`.

    Raises:
        ValueError: if the ports, keys or settings make no sense.
    """

    def __init__(
        self,
        models,
        *,
        host="127.0.0.1",
        rest_port=8501,
        grpc_port=8500,
        grpc_socket=None,
        batching="auto",
        limits=None,
        api_keys=None,
        tls=None,
        picture_inputs=Pictures.INPUTS,
        poll_seconds=1.0,
        source_poll_seconds=None,
        allow_unavailable_labels=False,
        metrics_path=METRICS_PATH,
        cors=False,
        grpc_options=(),
        grpc_health=False,
        **loading,
    ):
        check_ports(rest_port=rest_port, grpc_port=grpc_port)
        limits = limits or Limits()
        keys = None if api_keys is None else Keys(api_keys)
        self._gateway = Gateway.of(limits, keys, tls)
        self.metrics = ServingMetrics(lambda name: self.models.knows(name))
        loader = Loader(self.metrics, batches.resolved(batching), **loading)
        self.models = Models(loader, allow_unavailable_labels)
        self._watcher = Watcher(
            self.models,
            sources.source_of(models),
            poll_seconds,
            source_poll_seconds,
        )
        pictures = Pictures(limits.max_pixels, picture_inputs)
        self._service = Service(self.models, Inputs.of(limits, pictures))
        self._rest_settings = (metrics_path, cors)
        self._grpc_settings = (grpc_options, grpc_health)
        self.host, self.grpc_socket = host, grpc_socket
        self.rest_port, self.grpc_port = rest_port, grpc_port
        self._interfaces = []
        watch_server(self.metrics, self.models, self._gateway.admission)

    @property
    def rest_url(self):
        """Where REST answers, such as `http://127.0.0.1:8501`."""
        scheme = "https" if self._gateway.tls else "http"
        return f"{scheme}://{_bracketed(self.host)}:{self.rest_port}"

    @property
    def grpc_address(self):
        """Where gRPC answers, such as `127.0.0.1:8500`."""
        return f"{_bracketed(self.host)}:{self.grpc_port}"

    def start(self):
        """Loads the models, then answers requests. Returns the server.

        A model that does not load is logged and has its reason in the status;
        the others serve.

        Raises:
            ValueError: if what says which models to serve makes no sense.
            OSError: if a port is taken.
        """
        try:
            self._listen()
            self._load()
            for interface in self._interfaces:
                interface.start()
        except BaseException:
            self.stop(0)
            raise
        self._watcher.start()
        return self

    def stop(self, drain_seconds=None):
        """Lets no one in, answers what runs, and closes.

        Args:
            drain_seconds: optional float, how long that may take.

        Returns:
            bool, whether all that ran was answered.
        """
        if drain_seconds is None:
            drain_seconds = self._gateway.limits.drain_seconds
        self._watcher.stop()
        done = self._gateway.admission.drain(drain_seconds)
        for interface in self._interfaces:
            interface.stop(GRACE if done else 0)
        self.models.close()
        return done

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def _listen(self):
        shared = (self._service, self._gateway, self.metrics)
        if self.rest_port is not None:
            rest = RestServer(*shared, *self._rest_settings)
            self._interfaces.append(rest)
            self.rest_port = rest.listen(self.host, self.rest_port)
        if self.grpc_port is None and self.grpc_socket is None:
            return
        grpc = GrpcServer(*shared, *self._grpc_settings)
        self._interfaces.append(grpc)
        if self.grpc_port is not None:
            self.grpc_port = grpc.listen(self.grpc_address)
        if self.grpc_socket is not None:
            grpc.listen(f"unix:{self.grpc_socket}")

    def _load(self):
        try:
            self._watcher.load()
        except ServingError as error:
            LOGGER.error("Not all models are served: %s", error)


def _bracketed(host):
    return f"[{host}]" if ":" in host else host
