"""What nobody waits for is not computed, and what is computed counts."""

import asyncio
import contextlib
import threading
import time
from concurrent import futures

import pytest
from tensorflow_serving.apis import model_pb2

from keras_productgen.serving import deadlines
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.metrics import ServingMetrics
from keras_productgen.serving.rest.bodies import Gone
from keras_productgen.serving.rest.computing import Computing
from keras_productgen.serving.rest.computing import Work


class Routes:
    """Answers a body with itself, once it is let."""

    def __init__(self):
        self.bodies, self.let = [], threading.Event()

    def answer(self, api, spec, body):
        self.bodies.append(body)
        self.let.wait(10)
        deadlines.current().check()
        return body


@pytest.fixture
def routes():
    routes = Routes()
    yield routes
    routes.let.set()


@pytest.fixture
def computing(routes):
    with futures.ThreadPoolExecutor(1) as executor:
        yield Computing(routes, ServingMetrics(), executor, 0.2)
        routes.let.set()


class Rooms:
    """How many requests have not given their room back."""

    def __init__(self):
        self.taken = 0

    def work(self, body):
        self.taken += 1
        stack = contextlib.ExitStack()
        stack.callback(self._give_back)
        return Work("predict", model_pb2.ModelSpec(name="a"), body, stack)

    def _give_back(self):
        self.taken -= 1


async def stays():
    await asyncio.sleep(30)


async def leaves():
    await asyncio.sleep(0.05)
    return {"type": "http.disconnect"}


def until(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_what_comes_too_late_is_never_begun(computing, routes):
    rooms = Rooms()
    works = [rooms.work(body) for body in (b"first", b"second", b"third")]

    async def ask():
        calls = [computing.answer(work, stays) for work in works]
        return await asyncio.gather(*calls, return_exceptions=True)

    errors = asyncio.run(ask())
    assert [error.http_status for error in errors] == [504] * 3
    # The one that runs cannot be stopped, and counts until it is done.
    assert rooms.taken == 1
    assert [work.body for work in works] == [b"first", b"", b""]
    routes.let.set()
    until(lambda: not rooms.taken)
    assert routes.bodies == [b"first"]
    assert works[0].body == b""


def test_a_caller_who_has_left_is_computed_nothing(computing, routes):
    rooms = Rooms()

    async def ask():
        running = asyncio.ensure_future(
            computing.answer(rooms.work(b"first"), stays)
        )
        await asyncio.sleep(0.01)
        started = time.monotonic()
        with pytest.raises(Gone):
            await computing.answer(rooms.work(b"second"), leaves)
        assert time.monotonic() - started < 0.15
        routes.let.set()
        return await running

    assert asyncio.run(ask()) == b"first"
    assert routes.bodies == [b"first"]
    assert rooms.taken == 0


def test_work_that_runs_is_told_when_nobody_waits(computing, routes):
    seen = []

    def answer(api, spec, body):
        deadline = deadlines.current()
        seen.append(deadline.left)
        until(lambda: deadline.left <= 0)
        seen.append("over")
        return body

    routes.answer = answer
    rooms = Rooms()
    with pytest.raises(Gone):
        asyncio.run(computing.answer(rooms.work(b""), leaves))
    until(lambda: not rooms.taken)
    assert 0 < seen[0] <= 0.2 and seen[1] == "over"


def test_a_closed_server_says_so_and_keeps_no_room(routes):
    executor = futures.ThreadPoolExecutor(1)
    executor.shutdown()
    computing = Computing(routes, ServingMetrics(), executor, 1.0)
    rooms = Rooms()
    with pytest.raises(ServingError) as error:
        asyncio.run(computing.answer(rooms.work(b"x"), stays))
    assert error.value.http_status == 503
    assert rooms.taken == 0
