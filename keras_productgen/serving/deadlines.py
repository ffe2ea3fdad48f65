"""Until when somebody waits for the answer to a call."""

import contextlib
import contextvars
import math
import time

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

_CURRENT = contextvars.ContextVar("deadline", default=None)


class Deadline:
    """The moment from which on an answer is of no use.

    Args:
        seconds: float, from now on.
    """

    def __init__(self, seconds=math.inf):
        self._end = time.monotonic() + seconds

    @property
    def left(self):
        """Seconds until then, below 0 when it has passed."""
        return self._end - time.monotonic()

    def give_up(self):
        """Says that nobody waits any more."""
        self._end = -math.inf

    def check(self):
        """Raises DEADLINE_EXCEEDED (504) when it has passed."""
        if self.left <= 0:
            raise ServingError(
                Code.DEADLINE_EXCEEDED, "Nobody waited for the answer any more."
            )


def current():
    """Returns the `Deadline` of the call that is being answered."""
    return _CURRENT.get() or Deadline()


@contextlib.contextmanager
def within(deadline):
    """Within it, and in copies of its context, a `Deadline` is the current."""
    token = _CURRENT.set(deadline)
    try:
        yield deadline
    finally:
        _CURRENT.reset(token)
