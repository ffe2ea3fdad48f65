"""Runs flows: generators that yield calls and are sent the answers.

So what is asked for is written once, and not once more with `async`. A flow
meets a ServingError where it asked.
"""

import asyncio
import collections

from keras_productgen.serving.errors import ServingError


def run(flow, send):
    """Returns what a flow ends with, its calls made by `send`."""
    step, value = flow.send, None
    while True:
        try:
            call = step(value)
        except StopIteration as end:
            return end.value
        try:
            step, value = flow.send, send(call)
        except ServingError as error:
            step, value = flow.throw, error


async def run_async(flow, send):
    """The same where `send` is a coroutine function."""
    step, value = flow.send, None
    while True:
        try:
            call = step(value)
        except StopIteration as end:
            return end.value
        try:
            step, value = flow.send, await send(call)
        except ServingError as error:
            step, value = flow.throw, error


def in_order(flows, start, window):
    """Yields what flows end with, in order, a few of them running at once.

    Args:
        flows: iterable, taken from as it goes on.
        start: function of a flow that returns a `concurrent.futures.Future`.
        window: int, how many run at once.
    """
    running = collections.deque()
    try:
        for flow in flows:
            running.append(start(flow))
            if len(running) >= window:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        for future in running:
            future.cancel()


async def in_order_async(flows, start, window):
    """The same where `start` returns an `asyncio.Task`."""
    flows = iter(flows)
    running = collections.deque()
    try:
        # Files are read and decoded while the loop goes on.
        while flow := await asyncio.to_thread(next, flows, None):
            running.append(start(flow))
            if len(running) >= window:
                yield await running.popleft()
        while running:
            yield await running.popleft()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
