"""What a call fails with: TensorFlow's codes, and texts that give nothing away.

Nothing here needs TensorFlow or gRPC, so that a client can share it.
"""

import enum
import re


class Code(enum.IntEnum):
    """The codes of gRPC and TensorFlow, by the same numbers and names."""

    OK = 0
    CANCELLED = 1
    UNKNOWN = 2
    INVALID_ARGUMENT = 3
    DEADLINE_EXCEEDED = 4
    NOT_FOUND = 5
    ALREADY_EXISTS = 6
    PERMISSION_DENIED = 7
    RESOURCE_EXHAUSTED = 8
    FAILED_PRECONDITION = 9
    ABORTED = 10
    OUT_OF_RANGE = 11
    UNIMPLEMENTED = 12
    INTERNAL = 13
    UNAVAILABLE = 14
    DATA_LOSS = 15
    UNAUTHENTICATED = 16


HTTP_STATUSES = {
    Code.OK: 200,
    Code.CANCELLED: 499,
    Code.UNKNOWN: 500,
    Code.INVALID_ARGUMENT: 400,
    Code.DEADLINE_EXCEEDED: 504,
    Code.NOT_FOUND: 404,
    Code.ALREADY_EXISTS: 409,
    Code.PERMISSION_DENIED: 403,
    Code.RESOURCE_EXHAUSTED: 429,
    Code.FAILED_PRECONDITION: 400,
    Code.ABORTED: 409,
    Code.OUT_OF_RANGE: 400,
    Code.UNIMPLEMENTED: 501,
    Code.INTERNAL: 500,
    Code.UNAVAILABLE: 503,
    Code.DATA_LOSS: 500,
    Code.UNAUTHENTICATED: 401,
}
# The first code of a status is what it most likely means.
CODES = {status: code for code, status in reversed(HTTP_STATUSES.items())}
CODES[500] = Code.INTERNAL
TOO_LARGE = 413
INTERNAL_TEXT = "The server failed. Its log says why."

# What follows the message of an operation: where it stands in the graph.
_NODES = re.compile(
    r"\s*(\[\[\{\{|Detected at node|Original stack trace|Stack trace for"
    r"|Traceback \(most recent call last\)).*",
    re.DOTALL,
)
_PLACES = re.compile(r"\{\{(function_)?node [^}]*\}\}\s*")
_SEVERAL = re.compile(r"^\d+ root error\(s\) found\.\s*\(0\) [A-Z_]+: ")
_PREFIX = re.compile(r"^Graph execution error:\s*")
# Around the texts and the values that a graph's check was given.
_ASSERTED = re.compile(r"assertion failed: \[([^\[\]]*)\]")
_FOLDERS = re.compile(r"(?<![\w:/.])/(?:[^\s/:'\",;()\[\]]+/)+")
MAX_LENGTH = 1024


class ServingError(Exception):
    """A call that fails, with what the caller is told.

    Args:
        code: `Code`.
        message: str, for the eyes of whoever called.
        http_status: optional int, where it is not the one of the code.
        retry_after: optional float, seconds after which the same call may
            succeed.
    """

    def __init__(self, code, message, http_status=None, retry_after=None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.http_status = http_status or HTTP_STATUSES[code]
        self.retry_after = retry_after


class ServingTimeout(ServingError, TimeoutError):
    """No answer in time: `Code.DEADLINE_EXCEEDED`.

    Args:
        message: str.
    """

    def __init__(self, message):
        super().__init__(Code.DEADLINE_EXCEEDED, message)


def of_status(status, message, retry_after=None):
    """Returns the error that an HTTP status stands for."""
    if status == HTTP_STATUSES[Code.DEADLINE_EXCEEDED]:
        return ServingTimeout(message)
    busy = Code.RESOURCE_EXHAUSTED if status == TOO_LARGE else Code.UNKNOWN
    code = CODES.get(status, busy)
    return ServingError(code, message, status, retry_after)


def invalid(message):
    """Returns the error of a request that makes no sense."""
    return ServingError(Code.INVALID_ARGUMENT, message)


def plain(text):
    """A message of TensorFlow or the system without paths, nodes and traces.

    Of a check in a graph it is what the check says.

    >>> plain("Not found: /srv/models/a/1/saved_model.pb\\n\\t [[{{node x}}]]")
    'Not found: saved_model.pb'
    """
    text = _NODES.sub("", str(text))
    text = _SEVERAL.sub("", _PREFIX.sub("", _PLACES.sub("", text)))
    text = _ASSERTED.sub(r"\1", text)
    return _FOLDERS.sub("", text).strip()[:MAX_LENGTH]
