"""Options of the verbs that can let a server do the work."""

import contextlib
import pathlib
from typing import Annotated

import typer

from keras_productgen.cli.quiet import import_keras

Server = Annotated[
    str,
    typer.Option(
        help="Let a server do it: http://host:8501, grpc://host:8500, https:// "
        "or grpcs://; `productgen serve` or TensorFlow Serving."
    ),
]
ApiKey = Annotated[
    str,
    typer.Option(
        envvar="PRODUCTGEN_API_KEY", help="For --server.", show_envvar=True
    ),
]
CaCertificate = Annotated[
    pathlib.Path,
    typer.Option(help="For --server: PEM of those who sign its certificate."),
]


OPTIONS = {"model_name": "--model"}
OF_SERVER = ("api_key", "ca_certificate")


def check(context, server, of_here=(), of_server=OF_SERVER):
    """Refuses options that make no sense with a server, or without one.

    Args:
        context: typer's, which knows what was typed.
        server: optional str, the URL.
        of_here: names of the parameters that a server knows nothing of.
        of_server: names of those that nothing but a server knows.

    Raises:
        ValueError: if one was typed.
    """
    for name in of_here if server else of_server:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = OPTIONS.get(name) or "--" + name.replace("_", "-")
            raise ValueError(
                f"`{option}` must {'not ' if server else ''}go with "
                f"`--server`. Received: {option}"
                + (f" --server {server}" if server else "")
            )


@contextlib.contextmanager
def client(server, model, api_key, ca_certificate):
    """Within it, a `serving.Client`; what the server refuses is an OSError.

    So the command line shows it as one line.
    """
    # gRPC and labels need it; by themselves they load it loudly.
    import_keras()

    from keras_productgen import serving

    with serving.Client(
        server, model, api_key=api_key, ca_certificate=ca_certificate
    ) as opened:
        try:
            yield opened
        except serving.PictureError:
            raise
        except serving.ServingError as error:
            raise OSError(
                f"The server refuses: {error.code.name}: {error.message}"
            ) from error
