"""Bytes of requests that are held at once."""

import contextlib
import threading

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError


class Memory:
    """Counts the bytes of requests that come in, wait or run.

    Args:
        max_bytes: int, how many there may be.
    """

    def __init__(self, max_bytes):
        self.max_bytes = max_bytes
        self.taken = 0
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def hold(self):
        """Within it, a `Held` counts the bytes of a request."""
        held = Held(self)
        try:
            yield held
        finally:
            self.add(-held.size)

    def add(self, size):
        """Takes bytes, or gives them back.

        Raises:
            ServingError: RESOURCE_EXHAUSTED (429) if there is no room.
        """
        with self._lock:
            if size > 0 and self.taken + size > self.max_bytes:
                raise ServingError(
                    Code.RESOURCE_EXHAUSTED,
                    f"The server holds {self.max_bytes} bytes of requests "
                    "already.",
                    retry_after=1,
                )
            self.taken += size


class Held:
    """The bytes that a request holds.

    Args:
        memory: `Memory`.
    """

    def __init__(self, memory):
        self.memory = memory
        self.size = 0

    def add(self, size):
        """Takes bytes, as `Memory.add`."""
        self.memory.add(size)
        self.size += size
