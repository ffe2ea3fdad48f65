import functools
import pathlib
from typing import Annotated

import typer
from typer.core import TyperCommand

from keras_productgen.cli import serving_flags
from keras_productgen.cli import serving_limits
from keras_productgen.cli import serving_run
from keras_productgen.cli import serving_settings
from keras_productgen.cli.quiet import import_keras

Path = pathlib.Path
FLAGS = "keras_productgen.serving_flags"

ModelFolder = Annotated[
    Path,
    typer.Argument(
        help="A folder of models, MODEL/VERSION/saved_model.pb; or of the "
        "versions of one; or a model configuration file."
    ),
]
Port = Annotated[
    int,
    typer.Option(
        min=0,
        max=serving_flags.LAST_PORT,
        help="REST's, by default 8501; 0 takes a free one. With "
        "--rest_api_port it is gRPC's, as in TensorFlow Serving.",
    ),
]
GrpcPort = Annotated[
    int,
    typer.Option(
        min=0, max=serving_flags.LAST_PORT, help="gRPC's, by default 8500."
    ),
]
Host = Annotated[str, typer.Option(help="0.0.0.0 listens to the network.")]
ApiKeys = Annotated[
    Path,
    typer.Option(
        help="A file with a name and a key, or sha256:DIGEST, a line."
    ),
]
Certificate = Annotated[Path, typer.Option(help="PEM of the certificate.")]
Key = Annotated[Path, typer.Option(help="PEM of its private key.")]
Engine = Annotated[
    serving_run.Engine,
    typer.Option(
        help="`ray` serves from replicas on the machines of a Ray cluster; "
        "it needs the extra `ray`."
    ),
]
MinReplicas = Annotated[
    int, typer.Option(min=1, help="With --engine ray: at least so many.")
]
MaxReplicas = Annotated[
    int, typer.Option(min=1, help="With --engine ray: at most so many.")
]
LogFormat = Annotated[
    serving_run.LogFormat,
    typer.Option(
        help="Lines for people, or one JSON object a line. Each request has "
        "one, with its id: that of its header x-request-id, or a new one."
    ),
]


class ServeCommand(TyperCommand):
    """`serve`, which takes TensorFlow Serving's flags beside its own."""

    def parse_args(self, context, args):
        context.meta[FLAGS], args = serving_flags.separate(args)
        return super().parse_args(context, args)


def serve(
    context: typer.Context,
    models: ModelFolder = None,
    port: Port = None,
    grpc_port: GrpcPort = None,
    host: Host = "127.0.0.1",
    api_keys: ApiKeys = None,
    tls_certificate: Certificate = None,
    tls_key: Key = None,
    max_megabytes: serving_limits.MaxMegabytes = 32.0,
    max_rows: serving_limits.MaxRows = 1024,
    max_pixels: serving_limits.MaxPixels = 25_000_000,
    max_pixels_at_once: serving_limits.MaxPixelsAtOnce = 2**22,
    max_requests: serving_limits.MaxRequests = 256,
    max_held_megabytes: serving_limits.MaxHeldMegabytes = 256.0,
    max_connections: serving_limits.MaxConnections = 512,
    head_seconds: serving_limits.HeadSeconds = 10.0,
    drain_seconds: serving_limits.DrainSeconds = 30.0,
    log_format: LogFormat = "text",
    engine: Engine = "embedded",
    min_replicas: MinReplicas = 1,
    max_replicas: MaxReplicas = 2,
):
    """Serve SavedModels by TensorFlow Serving's REST and gRPC interface.

    Pictures are turned upright, laid on white and brought to sRGB before a
    model sees them. New versions are taken up as they appear; Ctrl-C answers
    what runs, then ends.

    The flags of TensorFlow Serving are taken as well, such as
    --model_config_file, --enable_batching or --rest_api_timeout_in_ms.

    Examples:

      productgen serve saved_models --port 8501 --grpc-port 8500

      productgen serve --model_name=shoes --model_base_path=saved_models/shoes
      --port=8500 --rest_api_port=8501
    """
    flags = context.meta[FLAGS]
    import_keras()

    from keras_productgen import serving

    limits = serving.Limits(
        max_body_bytes=int(max_megabytes * 2**20),
        max_rows=max_rows,
        max_pixels=max_pixels,
        max_pixels_at_once=max_pixels_at_once,
        max_requests=max_requests,
        max_held_bytes=int(max_held_megabytes * 2**20),
        max_connections=max_connections,
        head_seconds=head_seconds,
        drain_seconds=drain_seconds,
        **serving_settings.limits(flags),
    )
    settings = serving_settings.settings(flags)
    settings |= _certificates(serving, tls_certificate, tls_key)
    rest_port, grpc_port = serving_settings.ports(
        flags, port, grpc_port, alone=models is None
    )
    server = _server_class(engine, min_replicas, max_replicas)(
        _models(models, flags),
        host=host,
        rest_port=rest_port,
        grpc_port=grpc_port,
        api_keys=api_keys,
        limits=limits,
        **settings,
    )
    serving_run.run(server, flags, log_format)


def _models(models, flags):
    named = serving_settings.models(flags)
    if (models is None) == (named is None):
        raise ValueError(
            "The models must be named once: by a folder, "
            "--model_config_file or --model_base_path. "
            f"Received: {'neither' if models is None else 'several'}"
        )
    return named if models is None else models


def _certificates(serving, certificate, key):
    if certificate is None and key is None:
        return {}
    if certificate is None or key is None:
        raise ValueError(
            "`--tls-certificate` and `--tls-key` must be given together. "
            "Received: one of them"
        )
    return {"tls": serving.TLS.from_files(certificate, key)}


def _server_class(engine, min_replicas, max_replicas):
    if engine is serving_run.Engine.EMBEDDED:
        from keras_productgen.serving import Server

        return Server
    from keras_productgen.serving.ray import RayServer

    return functools.partial(
        RayServer, min_replicas=min_replicas, max_replicas=max_replicas
    )
