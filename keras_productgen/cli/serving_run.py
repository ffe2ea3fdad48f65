"""A server from its first line to its last."""

import contextlib
import enum
import gc
import logging
import signal
import threading

import rich.table

from keras_productgen.cli import serving_flags
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output

LOGGER = logging.getLogger(__name__)
LEAVING = "Answering what runs, then closing."


class Engine(enum.StrEnum):
    """One server in this process, or many on a Ray cluster."""

    EMBEDDED = "embedded"
    RAY = "ray"


class LogFormat(enum.StrEnum):
    """Lines for people, or one JSON object a line."""

    TEXT = "text"
    JSON = "json"


def run(server, flags, log_format):
    """Runs a server until Ctrl-C or SIGTERM.

    Args:
        server: `serving.Server`.
        flags: dict, as `serving_flags.separate` returns it.
        log_format: `LogFormat`; with JSON nothing else is written.
    """
    _set_logging(log_format)
    as_text = log_format is LogFormat.TEXT
    ended = threading.Event()
    before = _handle_signals(ended)
    try:
        _start(server, as_text)
        # Ray has taken them for itself: it would end with a trace, at once.
        _handle_signals(ended)
        _keep_what_is_there()
        try:
            (_show if as_text else _tell)(server, flags)
            ended.wait()
            (output.print if as_text else LOGGER.info)(LEAVING)
        finally:
            # Ctrl-C again leaves at once.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            server.stop()
    finally:
        gc.unfreeze()
        for number, handler in before.items():
            signal.signal(number, handler)


def _handle_signals(ended):
    """Lets Ctrl-C and SIGTERM set an event; returns what they did before."""
    return {
        number: signal.signal(number, lambda *_: ended.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }


def _set_logging(log_format):
    from keras_productgen.serving import logs

    handler = logging.StreamHandler()
    handler.setFormatter(
        logs.JsonFormatter()
        if log_format is LogFormat.JSON
        else logs.TextFormatter()
    )
    logging.basicConfig(handlers=[handler])
    logging.getLogger("keras_productgen").setLevel(logging.INFO)
    # They tell each address once more, and what TensorFlow calls deprecated.
    for name in ("tensorflow", "uvicorn"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _start(server, as_text):
    waiting = output.status("loading models")
    with waiting if as_text else contextlib.nullcontext():
        server.start()


def _keep_what_is_there():
    """Lets the search for what is left of a model that goes skip all of it.

    The search takes 4 ms then, and 290 among all objects of TensorFlow.
    """
    gc.collect()
    gc.freeze()


def _show(server, flags):
    table = rich.table.Table("model", "version", "state")
    for name, statuses in server.models.all_statuses().items():
        for status in statuses:
            state = f"{status.state.name} {status.message}".strip()
            table.add_row(name, str(status.version), state)
    if table.row_count:  # The models of a cluster are elsewhere.
        output.print(table)
    for line in _without_effect(flags):
        errors.print(line, style="yellow")
    for interface, address in _addresses(server):
        output.print(f"{interface} {address}")


def _tell(server, flags):
    for line in _without_effect(flags):
        LOGGER.warning("%s", line)
    for interface, address in _addresses(server):
        facts = {"interface": interface, "address": address}
        LOGGER.info(
            "%s answers at %s", interface, address, extra={"facts": facts}
        )


def _without_effect(flags):
    instead = serving_flags.WITHOUT_EFFECT
    for name in sorted(set(flags) & set(instead)):
        yield f"--{name} has no effect here: {instead[name]}."


def _addresses(server):
    if server.rest_port is not None:
        yield "REST", server.rest_url
    if server.grpc_port is not None:
        yield "gRPC", server.grpc_address
    if server.grpc_socket is not None:
        yield "gRPC", f"unix:{server.grpc_socket}"
