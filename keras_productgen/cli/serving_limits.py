"""Options of `serve` that bound what callers may ask for."""

from typing import Annotated

import typer

MaxMegabytes = Annotated[
    float, typer.Option(min=0.001, help="Larger requests get 413.")
]
MaxPixels = Annotated[
    int, typer.Option(min=1, help="More in the pictures of a request get 413.")
]
MaxRows = Annotated[
    int, typer.Option(min=1, help="More rows in a request get 413.")
]
MaxPixelsAtOnce = Annotated[
    int,
    typer.Option(
        min=1,
        help="Of the pictures that are computed at once; others wait, so that "
        "memory lasts.",
    ),
]
MaxHeldMegabytes = Annotated[
    float,
    typer.Option(
        min=0.001, help="Of all requests that come in, wait or run; 429."
    ),
]
MaxConnections = Annotated[
    int, typer.Option(min=1, help="REST's, and calls by gRPC; more get 503.")
]
HeadSeconds = Annotated[
    float,
    typer.Option(
        min=0.001, help="A connection without the head of a request is closed."
    ),
]
MaxRequests = Annotated[
    int, typer.Option(min=1, help="Running and waiting; more get 429.")
]
DrainSeconds = Annotated[
    float, typer.Option(min=0.001, help="For running requests at the end.")
]
