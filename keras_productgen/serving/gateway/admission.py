"""Who comes in: not more than there is room for, and none while closing."""

import contextlib
import threading

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError


class Admission:
    """Counts the requests that run or wait.

    Args:
        max_requests: int, how many there may be.
    """

    def __init__(self, max_requests):
        self.max_requests = max_requests
        self.running = 0
        self._draining = False
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def enter(self):
        """Within it a request counts.

        Raises:
            ServingError: RESOURCE_EXHAUSTED (429) if there are too many,
                UNAVAILABLE (503) while the server closes.
        """
        with self._changed:
            self.check_open()
            if self.running >= self.max_requests:
                raise ServingError(
                    Code.RESOURCE_EXHAUSTED,
                    f"The server has {self.max_requests} requests already.",
                    retry_after=1,
                )
            self.running += 1
        try:
            yield
        finally:
            with self._changed:
                self.running -= 1
                self._changed.notify_all()

    @property
    def draining(self):
        return self._draining

    def check_open(self):
        """Raises UNAVAILABLE (503) while the server closes."""
        if self._draining:
            raise ServingError(
                Code.UNAVAILABLE, "The server is closing.", retry_after=5
            )

    def drain(self, seconds):
        """Lets no one in, and waits until all are done, or for so long.

        Returns:
            bool, whether all are done.
        """
        with self._changed:
            self._draining = True
            return self._changed.wait_for(lambda: not self.running, seconds)
