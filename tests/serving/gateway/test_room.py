"""Room is given in turn, and taken back from those who wait no more."""

import threading
import time
from concurrent import futures

import pytest

from keras_productgen.serving import deadlines
from keras_productgen.serving.deadlines import Deadline
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway import Room


class Workers:
    """Threads that hold room until they are told to leave."""

    def __init__(self, room):
        self.room, self.entered = room, []
        self._ends = {}

    def enter(self, name, size, deadline=None):
        self._ends[name] = threading.Event()

        def work():
            with deadlines.within(deadline), self.room.enter(size):
                self.entered.append(name)
                self._ends[name].wait(10)

        thread = threading.Thread(target=work)
        thread.start()
        return thread

    def leave(self, name):
        self._ends[name].set()

    def until(self, *names):
        end = time.monotonic() + 10
        while self.entered != list(names):
            assert time.monotonic() < end, self.entered
            time.sleep(0.002)


def settle(room, waiting):
    end = time.monotonic() + 10
    while len(room._waiting) != waiting:
        assert time.monotonic() < end
        time.sleep(0.002)


def test_no_more_work_is_let_in_than_fits():
    room, most, inside = Room(10), [0], [0]
    lock = threading.Lock()

    def work(size):
        with room.enter(size):
            with lock:
                inside[0] += size
                most[0] = max(most[0], inside[0])
            time.sleep(0.002)
            with lock:
                inside[0] -= size

    with futures.ThreadPoolExecutor(12) as pool:
        list(pool.map(work, [1, 7, 4, 10, 2, 3] * 8))
    assert 7 < most[0] <= 10
    assert (room._taken, room._waiting) == (0, [])


def test_small_work_does_not_pass_large_work_by():
    room = Room(10)
    workers = Workers(room)
    workers.enter("first", 6)
    workers.until("first")
    workers.enter("large", 10)
    settle(room, 1)
    workers.enter("small", 1)
    settle(room, 2)
    workers.leave("first")
    workers.until("first", "large")
    workers.leave("large")
    workers.until("first", "large", "small")
    workers.leave("small")


def test_work_that_is_larger_than_all_has_all_of_it():
    room = Room(10)
    workers = Workers(room)
    workers.enter("vast", 999)
    workers.until("vast")
    workers.enter("small", 1)
    settle(room, 1)
    workers.leave("vast")
    workers.until("vast", "small")
    workers.leave("small")


def test_who_waits_too_long_is_told_so_and_keeps_nobody_waiting():
    room = Room(10)
    workers = Workers(room)
    workers.enter("first", 6)
    workers.until("first")
    failed = []

    def wait():
        try:
            with deadlines.within(Deadline(0.05)), room.enter(10):
                failed.append("it came in")
        except ServingError as error:
            failed.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    settle(room, 1)
    workers.enter("small", 1)
    # It fits as soon as the large one before it has given up.
    workers.until("first", "small")
    waiting.join()
    (error,) = failed
    assert error.code == Code.DEADLINE_EXCEEDED
    for name in ("first", "small"):
        workers.leave(name)
    settle(room, 0)


def test_who_is_left_by_the_caller_waits_no_more():
    room, deadline = Room(1), Deadline()
    with room.enter():
        threading.Timer(0.05, deadline.give_up).start()
        with pytest.raises(ServingError), deadlines.within(deadline):
            with room.enter():
                pass
    with room.enter():  # Nothing is lost.
        pass


def test_a_deadline_is_that_of_its_own_context():
    assert deadlines.current().left == float("inf")
    with deadlines.within(Deadline(5)):
        assert 4 < deadlines.current().left <= 5
    assert deadlines.current().left == float("inf")
