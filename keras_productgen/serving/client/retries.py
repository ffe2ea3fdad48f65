"""Once more, where a server is busy."""

import dataclasses
import random
import time

import tenacity

from keras_productgen.serving.errors import HTTP_STATUSES
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import ServingTimeout

# RESOURCE_EXHAUSTED and UNAVAILABLE, by gRPC too.
PASSING = (
    HTTP_STATUSES[Code.RESOURCE_EXHAUSTED],
    HTTP_STATUSES[Code.UNAVAILABLE],
)


@dataclasses.dataclass(frozen=True)
class Retries:
    """When a call is made again: 429, 503, and where no server answers.

    Before each try there is a random wait, up to `first_wait`, twice, four
    times that and so on; or as long as the server says (`Retry-After`), and a
    random part of `first_wait` more, so that not all come back together.

    Args:
        tries: int, how often a call is made at most; 1 for no retries.
        first_wait: float, seconds.
        longest_wait: float, seconds; the server may ask for more.
        deadline: float, seconds after which a call fails, waits and all. It
            fails before a wait that would go beyond.

    Raises:
        ValueError: if one is below 0, or `tries` below 1.
    """

    tries: int = 6
    first_wait: float = 0.25
    longest_wait: float = 10.0
    deadline: float = 120.0

    def __post_init__(self):
        for name, least in (("tries", 1), ("first_wait", 0), ("deadline", 0)):
            value = getattr(self, name)
            if value < least:
                raise ValueError(
                    f"`{name}` must be at least {least}. "
                    f"Received: {name}={value}"
                )

    def call(self, send, timeout):
        """Returns `send(seconds)`, which may take that long at most."""
        clock = _Clock(self.deadline, timeout)
        return tenacity.Retrying(**self._settings())(lambda: send(clock.left()))

    async def call_async(self, send, timeout):
        """The same for a coroutine function."""
        clock = _Clock(self.deadline, timeout)

        async def once():
            return await send(clock.left())

        return await tenacity.AsyncRetrying(**self._settings())(once)

    def _settings(self):
        return {
            "retry": tenacity.retry_if_exception(is_passing),
            "wait": self._wait,
            "stop": tenacity.stop_after_attempt(self.tries)
            | tenacity.stop_before_delay(self.deadline),
            "reraise": True,
        }

    def _wait(self, state):
        asked = state.outcome.exception().retry_after
        if asked is not None:
            return asked + random.uniform(0.0, self.first_wait)
        return tenacity.wait_random_exponential(
            self.first_wait, self.longest_wait
        )(state)


class _Clock:
    def __init__(self, deadline, timeout):
        self.end = time.monotonic() + deadline
        self.timeout = timeout

    def left(self):
        left = self.end - time.monotonic()
        if left <= 0:
            raise ServingTimeout("The deadline is over.")
        return min(self.timeout, left)


def is_passing(error):
    """Whether the same call may succeed a little later."""
    return isinstance(error, ServingError) and error.http_status in PASSING
