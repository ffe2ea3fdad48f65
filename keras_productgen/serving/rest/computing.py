"""Answers that threads compute, while somebody waits for them."""

import asyncio
import contextlib
import contextvars
import dataclasses
import logging
import time

from keras_productgen.serving import deadlines
from keras_productgen.serving.deadlines import Deadline
from keras_productgen.serving.errors import INTERNAL_TEXT
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.rest.bodies import Gone

LOGGER = logging.getLogger(__name__)


@dataclasses.dataclass
class Work:
    """A request that has come in whole.

    Args:
        api: str, as `Routes.match` tells it.
        spec: ModelSpec.
        body: bytes.
        room: ExitStack with what the request takes until it is done.
    """

    api: str
    spec: object
    body: bytes
    room: contextlib.ExitStack

    def end(self):
        """Makes room, and lets go of the body: a queue may keep the rest."""
        self.body = b""
        self.room.close()


class Computing:
    """Hands requests to threads, and drops those that nobody waits for.

    Args:
        routes: `Routes`.
        metrics: `ServingMetrics`.
        executor: of the threads.
        timeout: float, seconds after which nobody waits any more.
    """

    def __init__(self, routes, metrics, executor, timeout):
        self.routes = routes
        self.metrics = metrics
        self.executor = executor
        self.timeout = timeout

    async def answer(self, work, receive):
        """Returns the JSON that answers a request, as bytes.

        Raises:
            ServingError: if it fails, or takes too long (504).
            Gone: if the client left meanwhile.
        """
        deadline = Deadline(self.timeout)
        future = self._started(work, deadline)
        waiting = asyncio.wrap_future(future)
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait(
                (waiting, leaving),
                timeout=self.timeout,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if waiting.done():
                return waiting.result()
            if leaving.done():
                raise Gone
            raise ServingError(
                Code.DEADLINE_EXCEEDED,
                f"No answer within {self.timeout:g} seconds.",
            )
        finally:
            deadline.give_up()
            leaving.cancel()
            # What has not begun never does. What has cannot be stopped.
            future.cancel()
            waiting.cancel()

    def _started(self, work, deadline):
        with deadlines.within(deadline):
            # What is logged in the thread is to bear the request's name.
            here = contextvars.copy_context()
        try:
            future = self.executor.submit(here.run, self._compute, work)
        except RuntimeError as error:  # The server has closed meanwhile.
            work.end()
            raise ServingError(
                Code.UNAVAILABLE, "The server is closing.", retry_after=5
            ) from error
        # It counts until it is done, or was dropped before it began.
        future.add_done_callback(lambda _: work.end())
        return future

    def _compute(self, work):
        start, code = time.perf_counter(), Code.OK
        name, api = work.spec.name, work.api
        try:
            return self.routes.answer(api, work.spec, work.body)
        except ServingError as error:
            code = error.code
            raise
        # What goes wrong in here is for the log, not for the caller.
        except Exception as error:
            code = Code.INTERNAL
            LOGGER.exception("REST %s of model %r", api, name)
            raise ServingError(code, INTERNAL_TEXT) from error
        finally:
            seconds = time.perf_counter() - start
            self.metrics.answered(name, api, "REST", code, seconds)


async def _left(receive):
    """Returns when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        await asyncio.sleep(0.1)
