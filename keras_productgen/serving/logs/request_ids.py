"""One name for a request, wherever something is written of it."""

import contextvars
import re
import uuid

HEADER = "x-request-id"
# Whatever else a caller sends could end a line of the log, or fill it.
_NAMES = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")
_CURRENT = contextvars.ContextVar("request_id", default=None)


def request_id(headers):
    """Returns the name that a caller gave to its request, or a new one.

    Args:
        headers: dict from lower-case names to values; `x-request-id` may
            have 1 to 128 letters, digits and `._:/+=@-`. Any other is
            replaced.
    """
    found = headers.get(HEADER, "")
    return found if _NAMES.fullmatch(found) else uuid.uuid4().hex


def current_id():
    """Returns the name of the request that is being answered, or None."""
    return _CURRENT.get()


def enter(name):
    """Makes a name the current one; returns what `leave` takes."""
    return _CURRENT.set(name)


def leave(token):
    """Ends what `enter` began."""
    _CURRENT.reset(token)
