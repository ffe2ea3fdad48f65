import threading
import time

import pytest

from keras_productgen.data.collecting.pace import Pace
from keras_productgen.data.collecting.pace import StoppedError


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves only while somebody waits; `clock.waits` lists it."""

    class Clock:
        now, waits = 100.0, []

        def wait(self, seconds):
            self.waits.append(round(seconds, 6))
            self.now += seconds
            return False

    clock = Clock()
    clock.waits = []
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    return clock


def test_requests_to_a_host_are_spaced_out(clock):
    pace = Pace(2.0, clock)
    for host in ("a", "a", "b", "a"):
        pace.wait(host)
    assert clock.waits == [0.0, 2.0, 0.0, 2.0]


def test_hosts_can_ask_for_more_but_not_for_less(clock):
    pace = Pace(2.0, clock)
    pace.slow_down("a", 5.0)
    pace.slow_down("b", 0.5)
    for host in ("a", "a", "b", "b"):
        pace.wait(host)
    assert clock.waits == [0.0, 5.0, 0.0, 2.0]


def test_held_hosts_are_left_alone(clock):
    pace = Pace(0.0, clock)
    pace.hold("a", 30.0)
    pace.wait("b")
    pace.wait("a")
    assert clock.waits == [0.0, 30.0]


def test_waiting_ends_with_the_job():
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoppedError):
        Pace(3600.0, stop).sleep(3600.0)
