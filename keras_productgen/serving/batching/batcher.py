"""Calls that come together are computed together."""

import collections
import concurrent.futures
import threading
import time

from keras_productgen.serving import deadlines
from keras_productgen.serving.batching.merging import Task
from keras_productgen.serving.batching.merging import compute
from keras_productgen.serving.batching.merging import rows_of
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError


class Batcher:
    """Merges calls of the same function whose rows have the same shapes.

    Where a merged batch fails, its calls are computed one by one: what is
    wrong with one of them is its own.

    Args:
        settings: `Batching`.
        observe: optional function of the number of rows of each batch.
    """

    def __init__(self, settings, observe=None):
        self.settings = settings
        self._observe = observe or (lambda rows: None)
        self._queues = {}  # key -> (call, deque of tasks)
        self._changed = threading.Condition()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, daemon=True, name="batching")
            for _ in range(settings.num_batch_threads)
        ]
        for thread in self._threads:
            thread.start()

    def run(self, call, arrays):
        """Returns `call(*arrays)`, computed with others where that may be.

        Raises:
            ServingError: UNAVAILABLE, if too many wait already.
        """
        rows = rows_of(arrays)
        if not rows or rows >= self.settings.max_batch_size:
            return call(*arrays)
        key = (call, *((a.dtype.str, a.shape[1:]) for a in arrays))
        wait = self.settings.batch_timeout_micros / 1e6
        task = Task(
            arrays,
            rows,
            time.monotonic() + wait,
            concurrent.futures.Future(),
            deadlines.current(),
        )
        with self._changed:
            self._refuse_if_full()
            _, tasks = self._queues.setdefault(key, (call, collections.deque()))
            tasks.append(task)
            self._changed.notify()
        return task.future.result()

    def close(self):
        """Computes what waits, and ends the threads."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _refuse_if_full(self):
        waiting = sum(
            task.rows for _, tasks in self._queues.values() for task in tasks
        )
        limit = (
            self.settings.max_enqueued_batches * self.settings.max_batch_size
        )
        if self._closed or waiting >= limit:
            raise ServingError(
                Code.UNAVAILABLE,
                "The batch scheduling queue to which this task was submitted "
                "is full",
                retry_after=1,
            )

    def _work(self):
        while True:
            with self._changed:
                found = self._next()
            if found is None:
                return
            call, tasks = found
            tasks = [task for task in tasks if not task.is_dropped()]
            if tasks:
                self._observe(sum(task.rows for task in tasks))
                compute(call, tasks, self.settings.allowed_batch_sizes)

    def _next(self):
        """Waits for a batch that is due or full; None when closed.

        What is due goes first: where many calls fill batches without an end,
        those of other shapes and models have their turn all the same.
        """
        while True:
            key = min(self._queues, key=self._due, default=None)
            if key is None:
                if self._closed:
                    return None
                self._changed.wait()
                continue
            remaining = self._due(key) - time.monotonic()
            if remaining <= 0 or self._closed:
                return self._take(key)
            full = [k for k in self._queues if self._is_full(k)]
            if full:
                return self._take(min(full, key=self._due))
            self._changed.wait(remaining)

    def _due(self, key):
        return self._queues[key][1][0].due

    def _is_full(self, key):
        rows = sum(task.rows for task in self._queues[key][1])
        return rows >= self.settings.max_batch_size

    def _take(self, key):
        call, tasks = self._queues[key]
        batch = [tasks.popleft()]
        rows = batch[0].rows
        while tasks and rows + tasks[0].rows <= self.settings.max_batch_size:
            batch.append(tasks.popleft())
            rows += batch[-1].rows
        if not tasks:
            del self._queues[key]
        return call, batch
