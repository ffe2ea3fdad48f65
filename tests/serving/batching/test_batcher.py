"""Calls are merged, and stay their own."""

import collections
import threading
import time
from concurrent import futures

import numpy as np
import pytest

from keras_productgen.serving import deadlines
from keras_productgen.serving.batching import Batcher
from keras_productgen.serving.batching import Batching
from keras_productgen.serving.batching.merging import Task
from keras_productgen.serving.deadlines import Deadline
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError


class Doubling:
    """A model that notes the sizes of its batches, and dislikes 13."""

    def __init__(self, seconds=0.0):
        self.sizes, self.seconds = [], seconds

    def __call__(self, values):
        self.sizes.append(len(values))
        time.sleep(self.seconds)
        if (values == 13).any():
            raise ServingError(Code.INVALID_ARGUMENT, "13 is bad luck")
        return [2 * values]


@pytest.fixture
def batcher_of():
    batchers = []

    def make(**settings):
        settings = {"batch_timeout_micros": 100_000, **settings}
        batchers.append(Batcher(Batching(**settings)))
        return batchers[-1]

    yield make
    for batcher in batchers:
        batcher.close()


def ask(batcher, model, *rows):
    """Calls with all rows at once; returns a result or an error each."""

    def call(values):
        values = np.asarray(values, "float32")
        try:
            return batcher.run(model, [values])[0].tolist()
        except ServingError as error:
            return error

    with futures.ThreadPoolExecutor(len(rows)) as pool:
        return list(pool.map(call, rows))


def test_calls_that_come_together_are_computed_together(batcher_of):
    model = Doubling()
    batcher = batcher_of(max_batch_size=6)
    rows = [[1], [2, 3], [4], [5, 6]]
    found = ask(batcher, model, *rows)
    assert found == [[2], [4, 6], [8], [10, 12]]
    assert model.sizes == [6]  # It was full, and waited no longer.


def test_a_bad_one_fails_alone(batcher_of):
    model = Doubling()
    batcher = batcher_of(max_batch_size=4)
    found = ask(batcher, model, [1], [13], [2], [3])
    assert [f for f in found if isinstance(f, list)] == [[2], [4], [6]]
    assert found[1].message == "13 is bad luck"
    assert sorted(model.sizes) == [1, 1, 1, 1, 4]


def test_calls_of_other_shapes_and_models_are_not_merged(batcher_of):
    first, second = Doubling(), Doubling()
    batcher = batcher_of(batch_timeout_micros=30_000)
    with futures.ThreadPoolExecutor(4) as pool:
        calls = [
            pool.submit(batcher.run, model, [np.ones(shape, dtype)])
            for model, shape, dtype in [
                (first, (1, 2), "float32"),
                (first, (1, 3), "float32"),
                (first, (1, 2), "int32"),
                (second, (1, 2), "float32"),
            ]
        ]
    shapes = [call.result()[0].shape for call in calls]
    assert shapes == [(1, 2), (1, 3), (1, 2), (1, 2)]
    assert first.sizes == [1, 1, 1]
    assert second.sizes == [1]


def test_nobody_waits_longer_than_is_said(batcher_of):
    model = Doubling()
    batcher = batcher_of(batch_timeout_micros=0)
    assert ask(batcher, model, [1]) == [[2]]
    assert model.sizes == [1]


def test_batches_are_filled_up_to_an_allowed_size(batcher_of):
    model = Doubling()
    batcher = batcher_of(max_batch_size=8, allowed_batch_sizes=(4, 8))
    assert ask(batcher, model, [1], [2, 3]) == [[2], [4, 6]]
    assert model.sizes == [4]


def test_large_calls_and_scalars_go_their_own_way(batcher_of):
    model = Doubling()
    batcher = batcher_of(max_batch_size=2)
    assert batcher.run(model, [np.arange(5)])[0].tolist() == [0, 2, 4, 6, 8]
    assert batcher.run(lambda x: [x + 1], [np.array(3)]) == [4]
    # First sides that differ are no rows.
    found = batcher.run(lambda x, y: [x, y], [np.ones(1), np.ones(2)])
    assert [len(f) for f in found] == [1, 2]


def test_outputs_that_are_no_rows_are_computed_one_by_one(batcher_of):
    batcher = batcher_of(max_batch_size=2)
    sums = ask(batcher, lambda x: [x.sum(keepdims=True)[:1]], [1], [2])
    assert sums == [[1], [2]]


def test_a_full_queue_refuses_more(batcher_of):
    model = Doubling(seconds=0.3)
    batcher = batcher_of(
        max_batch_size=2,
        max_enqueued_batches=1,
        num_batch_threads=1,
        batch_timeout_micros=0,
    )
    found = ask(batcher, model, *[[k] for k in range(9)])
    errors = [f for f in found if isinstance(f, ServingError)]
    assert errors and len(errors) < 9
    assert {error.code for error in errors} == {Code.UNAVAILABLE}
    assert {error.http_status for error in errors} == {503}
    assert all(error.retry_after for error in errors)


def test_a_busy_model_leaves_the_others_their_turn(batcher_of):
    """Its batches are always full; another one's single call is due."""
    busy, other = Doubling(seconds=0.01), Doubling()
    batcher = batcher_of(
        max_batch_size=4, batch_timeout_micros=1000, num_batch_threads=1
    )
    ended = threading.Event()

    def ask_again():
        while not ended.is_set():
            batcher.run(busy, [np.ones(1)])

    threads = [threading.Thread(target=ask_again) for _ in range(16)]
    for thread in threads:
        thread.start()
    try:
        while len(busy.sizes) < 5:
            time.sleep(0.001)
        with futures.ThreadPoolExecutor(1) as pool:
            call = pool.submit(batcher.run, other, [np.ones(1)])
            assert call.result(5)[0].tolist() == [2]
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert max(busy.sizes) == 4


def test_of_full_batches_the_one_that_is_due_first_goes_first():
    calls = [Doubling(), Doubling()]
    batcher = Batcher.__new__(Batcher)
    batcher.settings = Batching(max_batch_size=1)
    batcher._closed = False
    now = time.monotonic()
    batcher._queues = {
        name: (call, collections.deque([task(now + due)]))
        for name, call, due in (("a", calls[0], 90), ("b", calls[1], 60))
    }
    assert batcher._next()[0] is calls[1]
    assert batcher._next()[0] is calls[0]


def task(due, deadline=None):
    return Task([np.ones(1)], 1, due, futures.Future(), deadline or Deadline())


def test_what_nobody_waits_for_is_not_computed(batcher_of):
    model, left = Doubling(), Deadline()
    batcher = batcher_of(batch_timeout_micros=60_000)

    def ask_and_leave():
        with deadlines.within(left):
            return batcher.run(model, [np.ones(3)])

    with futures.ThreadPoolExecutor(2) as pool:
        gone = pool.submit(ask_and_leave)
        stays = pool.submit(batcher.run, model, [np.ones(1)])
        left.give_up()
        assert stays.result()[0].tolist() == [2]
        assert gone.exception().code == Code.DEADLINE_EXCEEDED
    assert model.sizes == [1]


def test_closing_computes_what_waits():
    model = Doubling()
    batcher = Batcher(Batching(batch_timeout_micros=10**8))
    threads = threading.active_count()
    with futures.ThreadPoolExecutor(1) as pool:
        call = pool.submit(batcher.run, model, [np.ones(1)])
        while not batcher._queues:
            time.sleep(0.001)
        batcher.close()
        assert call.result()[0].tolist() == [2]
    while threading.active_count() >= threads:
        time.sleep(0.001)


@pytest.mark.parametrize(
    "settings",
    [
        {"max_batch_size": 0},
        {"batch_timeout_micros": -1},
        {"num_batch_threads": 0},
        {"max_batch_size": 8, "allowed_batch_sizes": (4, 2, 8)},
        {"max_batch_size": 8, "allowed_batch_sizes": (4,)},
    ],
)
def test_refuses_nonsense(settings):
    with pytest.raises(ValueError, match="Received: "):
        Batching(**settings)
