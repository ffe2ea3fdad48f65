"""Room for so much work at once; what comes later waits its turn."""

import contextlib
import dataclasses
import threading

from keras_productgen.serving import deadlines

# How often somebody who waits looks whether the caller has left.
LOOK_SECONDS = 0.5


@dataclasses.dataclass(eq=False)
class _Place:
    size: int
    free: threading.Event


class Room:
    """Lets work in while it fits, in the order in which it came.

    Args:
        size: int, of all the work at once.
    """

    def __init__(self, size):
        self.size = size
        self._taken = 0
        self._waiting = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def enter(self, size=1):
        """Within it, work has its room; larger work than all has all of it.

        Args:
            size: int.

        Raises:
            ServingError: DEADLINE_EXCEEDED (504), if there was none until the
                call's deadline.
        """
        size = min(size, self.size)
        place = self._place(size)
        if not place.free.is_set():
            self._wait(place)
        try:
            yield
        finally:
            self._leave(size)

    def _place(self, size):
        place = _Place(size, threading.Event())
        with self._lock:
            self._waiting.append(place)
            self._let_in()
        return place

    def _wait(self, place):
        deadline = deadlines.current()
        while not place.free.wait(max(0, min(LOOK_SECONDS, deadline.left))):
            if deadline.left > 0:
                continue
            with self._lock:
                came_in = place.free.is_set()
                if not came_in:
                    self._waiting.remove(place)
                    self._let_in()
            if came_in:
                self._leave(place.size)
            deadline.check()

    def _leave(self, size):
        with self._lock:
            self._taken -= size
            self._let_in()

    def _let_in(self):
        while self._waiting:
            first = self._waiting[0]
            if self._taken + first.size > self.size:
                return
            del self._waiting[0]
            self._taken += first.size
            first.free.set()
