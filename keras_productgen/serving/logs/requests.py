"""A line of the log for every request."""

import contextlib
import logging
import time

from keras_productgen.serving.errors import HTTP_STATUSES
from keras_productgen.serving.errors import Code
from keras_productgen.serving.logs import request_ids

LOGGER = logging.getLogger(__name__)
FAILED = 500  # From here on an HTTP status is the server's own fault.


@contextlib.contextmanager
def told(interface, name, **facts):
    """Within it lines of the log bear a request's name; one tells its end.

    What the request turns out to be is put into the dict that it gives. Only
    one with a `status`, the name of a `Code`, is told: probes and the page of
    figures have none, and would fill the log.

    Args:
        interface: str, "REST" or "gRPC".
        name: str, of `request_id`.
        **facts: what is known from the beginning.
    """
    token = request_ids.enter(name)
    start = time.perf_counter()
    try:
        yield facts
    finally:
        if "status" in facts:
            _tell(interface, facts, time.perf_counter() - start)
        request_ids.leave(token)


def _tell(interface, facts, seconds):
    failed = HTTP_STATUSES[Code[facts["status"]]] >= FAILED
    level = logging.WARNING if failed else logging.INFO
    if not LOGGER.isEnabledFor(level):
        return
    LOGGER.log(
        level,
        "%s %s: %s in %.1f ms",
        interface,
        facts.get("call", ""),
        facts["status"],
        seconds * 1e3,
        extra={
            "facts": {
                "interface": interface,
                "seconds": round(seconds, 6),
                **facts,
            }
        },
    )
