"""When to ask a server again, and when to leave it."""

import requests
import urllib3
from urllib3.util.retry import Retry

# What may be gone the next time.
AGAIN = (429, 500, 502, 503, 504)


class FailedError(ValueError):
    """A request that will not succeed by being repeated."""


class TryAgainError(Exception):
    """A request that may succeed later.

    Args:
        reason: What went wrong.
        response: optional answer of the server, which may say when.
        host: optional host that gave it.
    """

    def __init__(self, reason, response=None, host=None):
        super().__init__(reason)
        self.response = response
        self.host = host


class Patience:
    """Waits between the attempts at one address, by urllib3's `Retry`.

    Args:
        settings: `Settings` of the job.
        pace: `Pace` of the job.
    """

    def __init__(self, settings, pace):
        self.settings = settings
        self.pace = pace
        self.retry = Retry(
            total=settings.retries,
            status_forcelist=AGAIN,
            backoff_factor=settings.backoff,
            backoff_jitter=settings.backoff,
            backoff_max=settings.longest_wait,
            raise_on_status=False,
        )

    def wait(self, error):
        """Waits after a `TryAgainError`.

        Raises:
            FailedError: If it was tried often enough, or the server asks for
                more patience than there is.
            StoppedError: If the job is to end.
        """
        if self.retry.total <= 0:
            times = self.settings.retries + 1
            raise FailedError(f"{error} It was tried {times} times.")
        self.retry = self.retry.increment("GET", response=_Failed())
        asked = self._asked(error.response)
        if asked is None:
            self.pace.sleep(self.retry.get_backoff_time())
            return
        if asked > self.settings.longest_wait:
            raise FailedError(
                f"{error} The server asks to wait {asked:.0f} seconds."
            )
        # It speaks for all pictures of the host.
        self.pace.hold(error.host, asked)

    def _asked(self, response):
        value = None
        if response is not None:
            value = response.headers.get("Retry-After")
        if value is None:
            return None
        try:
            return max(0.0, self.retry.parse_retry_after(value))
        except (urllib3.exceptions.InvalidHeader, ValueError):
            return None


class _Failed:
    """What `Retry` counts: an answer that is no redirect."""

    status = 503

    def get_redirect_location(self):
        return None


def reason_of(error):
    """What the user reads of an error of the network."""
    if isinstance(
        error,
        requests.Timeout | TimeoutError | urllib3.exceptions.TimeoutError,
    ):
        return "The server does not answer in time."
    if isinstance(error, requests.exceptions.SSLError):
        return f"The connection is not safe: {_cause(error)}."
    if isinstance(error, urllib3.exceptions.ProtocolError):
        return "The connection broke off within the picture."
    return f"The server cannot be reached: {_cause(error)}."


def _cause(error):
    """What the system said, out of the errors that libraries wrap around it."""
    while True:
        inside = (getattr(error, "reason", None), error.__cause__, *error.args)
        inner = next((e for e in inside if isinstance(e, Exception)), None)
        if inner is None:
            break
        error = inner
    for name in ("verify_message", "strerror"):
        if getattr(error, name, None):
            return getattr(error, name)
    return error
