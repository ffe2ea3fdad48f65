"""Many servers behind the proxies of a Ray cluster."""

import dataclasses
import importlib.util
import os
import pathlib
import types

from keras_productgen.serving.config import ModelConfig
from keras_productgen.serving.ports import check_ports
from keras_productgen.serving.ray import figures
from keras_productgen.serving.ray.replica import Replica

PREFIX = "tensorflow_serving.apis"
SERVICES = [
    f"{PREFIX}.prediction_service_pb2_grpc"
    ".add_PredictionServiceServicer_to_server",
    f"{PREFIX}.model_service_pb2_grpc.add_ModelServiceServicer_to_server",
]
NAME = "productgen"
# What processes of a cluster are to know that is started here.
ENVIRONMENT = {
    # Nothing is sent anywhere unless the user asks for it.
    "RAY_USAGE_STATS_ENABLED": "0",
    # TensorFlow Serving's messages import TensorFlow, which takes longer than
    # the 5 seconds after which Ray ends a proxy.
    "RAY_SERVE_PROXY_READY_CHECK_TIMEOUT_S": "60",
}
ONGOING = 4  # Requests of a replica, above which another is made.


def check_extra():
    """Raises an ImportError that names the extra, where Ray is missing."""
    if importlib.util.find_spec("ray") is None:
        raise ImportError(
            "The engine `ray` needs Ray Serve: "
            "pip install 'keras-productgen[ray]'"
        )


class RayServer:
    """Serves as `Server` does, from replicas on the machines of a cluster.

    Each replica loads all models, from folders that every machine sees under
    the same path. Replicas come and go with the number of requests. The
    cluster is the one that `ray.init` finds, or a new one on this machine.

    Args:
        models: as in `Server`.
        host: the address to listen on.
        rest_port: int, not 0.
        grpc_port: int, not 0, or None for no gRPC.
        min_replicas: int, at least 1.
        max_replicas: int, not below `min_replicas`.
        **settings: further arguments of `Server`, but for `tls`,
            `grpc_socket` and `grpc_health`.

    Raises:
        ImportError: if Ray is missing.
        ValueError: if an argument makes no sense here.
    """

    grpc_socket = None
    models = types.SimpleNamespace(all_statuses=dict)

    def __init__(
        self,
        models,
        *,
        host="127.0.0.1",
        rest_port=8501,
        grpc_port=8500,
        min_replicas=1,
        max_replicas=2,
        **settings,
    ):
        check_extra()
        _check(rest_port, grpc_port, min_replicas, max_replicas, settings)
        for name in ("grpc_socket", "grpc_health"):
            settings.pop(name, None)
        self.host, self.rest_port, self.grpc_port = host, rest_port, grpc_port
        self._replicas = (min_replicas, max_replicas)
        self._settings = settings
        self._models = _absolute(models)
        self._began = False  # Whether it was this that joined a cluster.

    @property
    def rest_url(self):
        return f"http://{self.host}:{self.rest_port}"

    @property
    def grpc_address(self):
        return f"{self.host}:{self.grpc_port}"

    def start(self):
        """Starts the proxies and the first replicas. Returns the server."""
        for name, value in ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        import ray
        from ray import serve

        self._began = not ray.is_initialized()
        if self._began:
            ray.init(log_to_driver=True)
        serve.start(
            http_options={"host": self.host, "port": self.rest_port},
            grpc_options=self._grpc_options(),
        )
        serve.run(self._application(serve), name=NAME, route_prefix="/")
        return self

    def stop(self):
        """Lets replicas answer what runs, and closes."""
        import ray
        from ray import serve

        serve.shutdown()
        ray.kill(figures.board())
        if self._began:
            ray.shutdown()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def _grpc_options(self):
        if self.grpc_port is None:
            return None
        return {"port": self.grpc_port, "grpc_servicer_functions": SERVICES}

    def _application(self, serve):
        lowest, highest = self._replicas
        deployment = serve.deployment(
            serve.ingress()(Replica),
            name="models",
            max_ongoing_requests=256,
            graceful_shutdown_wait_loop_s=0.5,
            autoscaling_config={
                "min_replicas": lowest,
                "max_replicas": highest,
                "target_ongoing_requests": ONGOING,
            },
        )
        return deployment.bind(self._models, self._settings)


def _absolute(models):
    """Replicas do not work in the folder that this process works in."""
    if isinstance(models, list | tuple):
        return [_absolute(model) for model in models]
    if isinstance(models, ModelConfig):
        path = pathlib.Path(models.base_path).resolve()
        return dataclasses.replace(models, base_path=path)
    return pathlib.Path(models).resolve()


def _check(rest_port, grpc_port, min_replicas, max_replicas, settings):
    check_ports(rest_port=rest_port, grpc_port=grpc_port)
    if not rest_port or grpc_port == 0:
        raise ValueError(
            "Ray needs ports that are not 0, and REST. "
            f"Received: rest_port={rest_port}, grpc_port={grpc_port}"
        )
    if not 1 <= min_replicas <= max_replicas:
        raise ValueError(
            "`min_replicas` must be at least 1 and at most `max_replicas`. "
            f"Received: min_replicas={min_replicas}, "
            f"max_replicas={max_replicas}"
        )
    for name in ("tls", "grpc_socket"):
        if settings.get(name) is not None:
            raise ValueError(
                f"`{name}` is for a server of one machine; encrypt before "
                f"Ray's proxies. Received: {name}={settings[name]!r}"
            )
    if settings.get("grpc_health"):
        raise ValueError(
            "`grpc_health` is for a server of one machine; Ray's proxies have "
            "`/ray.serve.RayServeAPIService/Healthz`. Received: "
            "grpc_health=True"
        )
