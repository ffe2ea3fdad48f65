"""Who may ask which host, and when."""

import threading
import time


class StoppedError(Exception):
    """The job is to end."""


class Pace:
    """Spaces out the requests to each host, over all threads.

    Args:
        interval: Seconds between the starts of two requests to a host.
        stop: `threading.Event` that ends all waiting.
    """

    def __init__(self, interval, stop):
        self.interval = interval
        self.stop = stop
        self._lock = threading.Lock()
        self._free = {}
        self._intervals = {}

    def slow_down(self, host, interval):
        """Asks a host at most every `interval` seconds, if that is more."""
        with self._lock:
            known = self._intervals.get(host, self.interval)
            self._intervals[host] = max(known, interval)

    def hold(self, host, seconds):
        """Leaves a host alone for some seconds from now."""
        with self._lock:
            later = time.monotonic() + seconds
            self._free[host] = max(self._free.get(host, 0.0), later)

    def wait(self, host):
        """Returns when it is this request's turn.

        Raises:
            StoppedError: If the job is to end.
        """
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free.get(host, 0.0))
            interval = self._intervals.get(host, self.interval)
            self._free[host] = start + interval
        self.sleep(start - now)

    def sleep(self, seconds):
        """Waits; raises `StoppedError` as soon as the job is to end."""
        if self.stop.wait(max(0.0, seconds)):
            raise StoppedError
