"""Several calls as one."""

import concurrent.futures
import dataclasses

import numpy as np

from keras_productgen.serving.deadlines import Deadline
from keras_productgen.serving.errors import ServingError


@dataclasses.dataclass
class Task:
    """A call that waits to be computed with others.

    Args:
        arrays: list of arrays, the rows of each along its first axis.
        rows: int, how many rows they have.
        due: float, when it waits no longer, in seconds of `time.monotonic`.
        future: gets its outputs, or the error.
        deadline: `Deadline`, after which nobody waits for it.
    """

    arrays: list
    rows: int
    due: float
    future: concurrent.futures.Future
    deadline: Deadline

    def is_dropped(self):
        """Whether nobody waits any more, which it is then told."""
        try:
            self.deadline.check()
        except ServingError as error:
            self.future.set_exception(error)
            return True
        return False


def rows_of(arrays):
    """The common first side of arrays; 0 where there is none."""
    sides = {array.shape[0] if array.ndim else 0 for array in arrays}
    return sides.pop() if len(sides) == 1 else 0


def compute(call, tasks, allowed_sizes):
    try:
        results = _merged(call, tasks, allowed_sizes)
    # Whose fault it was, the calls say one by one.
    except Exception as error:
        if len(tasks) == 1:
            tasks[0].future.set_exception(error)
            return
        for task in tasks:
            compute(call, [task], ())
        return
    for task, result in zip(tasks, results):
        task.future.set_result(result)


def _merged(call, tasks, allowed_sizes):
    """Returns the list of outputs of each task."""
    if len(tasks) == 1 and not allowed_sizes:
        return [call(*tasks[0].arrays)]
    total = sum(task.rows for task in tasks)
    size = next((s for s in allowed_sizes if s >= total), total)
    columns = zip(*(task.arrays for task in tasks))
    outputs = call(*(_joined(parts, size - total) for parts in columns))
    if any(np.ndim(o) == 0 or len(o) != size for o in outputs):
        if len(tasks) == 1:
            return [call(*tasks[0].arrays)]
        raise ValueError("an output has not one row for each of the inputs")
    bounds = np.cumsum([task.rows for task in tasks])[:-1]
    split = [np.split(output[:total], bounds) for output in outputs]
    return [list(parts) for parts in zip(*split)]


def _joined(parts, missing):
    """Rows under each other, the first repeated where some are missing."""
    if missing:
        parts = [*parts, np.repeat(parts[0][:1], missing, axis=0)]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]
