import collections
import os
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np

_LARGEST_SEED = 2**32


class BatchIterator(keras.utils.PyDataset):
    """Batches for `fit()`, and for `next()` without end.

    A batch is a function of the seed and its number alone, whoever asks and
    however many workers make it. `next()` counts on through the epochs while
    workers make the next batches; `fit()` asks by index, and its epochs count
    on by themselves.

    Args:
        n: int, number of pictures.
        batch_size: int.
        shuffle: bool, whether each epoch has an order of its own.
        seed: optional int; batch number `k` draws from
            `numpy.random.RandomState(seed + k)`. By default one is drawn from
            NumPy's global generator.
        workers: optional int, threads; by default one for each CPU core.
    """

    def __init__(self, n, batch_size, shuffle, seed, workers=None):
        if batch_size < 1:
            raise ValueError(
                "`batch_size` must be at least 1. "
                f"Received: batch_size={batch_size}"
            )
        if n < 1:
            raise ValueError(
                f"There must be at least one picture. Received: n={n}"
            )
        workers = workers or os.cpu_count()
        super().__init__(workers=workers, max_queue_size=2 * workers)
        self.n = n
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.seed = seed
        self._base_seed = np.random.randint(2**31) if seed is None else seed
        self._epoch = 0
        self._next_number = 0
        self._next_index = 0
        self._epoch_start = 0
        self._pending = collections.deque()
        self._executor = None
        self._lock = threading.Lock()
        self._last_order = None, None

    def __len__(self):
        return -(-self.n // self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise ValueError(
                f"`index` must be at least 0 and below {len(self)}. "
                f"Received: index={index}"
            )
        return self._batch_of(self._epoch * len(self), index)

    def __iter__(self):
        return self

    def __next__(self):
        with self._lock:
            while len(self._pending) <= self.workers:
                self._submit()
            _, future = self._pending.popleft()
        return future.result()

    @property
    def total_batches_seen(self):
        """How many batches `next()` gave."""
        return self._pending[0][0][0] if self._pending else self._next_number

    @property
    def batch_index(self):
        """Where in its epoch the batch stands that `next()` gives next."""
        return self._pending[0][0][1] if self._pending else self._next_index

    @property
    def index_array(self):
        """The order of the epoch that `next()` is in."""
        start = self.total_batches_seen - self.batch_index
        return self._order_of(start)

    def reset(self):
        """Lets `next()` begin a new epoch."""
        with self._lock:
            self._next_number = self.total_batches_seen
            self._next_index = 0
            for _, future in self._pending:
                future.cancel()
            self._pending.clear()

    def on_epoch_end(self):
        self._epoch += 1

    def _submit(self):
        if self._executor is None:
            self._executor = ThreadPoolExecutor(self.workers, "batches")
            weakref.finalize(self, self._executor.shutdown, wait=False)
        if self._next_index == 0:
            self._epoch_start = self._next_number
        position = self._next_number, self._next_index
        future = self._executor.submit(
            self._batch_of, self._epoch_start, self._next_index
        )
        self._pending.append((position, future))
        self._next_number += 1
        self._next_index = (self._next_index + 1) % len(self)

    def _batch_of(self, epoch_start, index):
        random = self._random(epoch_start + index)
        if index == 0:
            order = self._draw_order(random)
        else:
            order = self._order_of(epoch_start)
        start = index * self.batch_size
        return self._make_batch(order[start : start + self.batch_size], random)

    def _order_of(self, epoch_start):
        start, order = self._last_order
        if start != epoch_start:
            order = self._draw_order(self._random(epoch_start))
            self._last_order = epoch_start, order
        return order

    def _draw_order(self, random):
        return random.permutation(self.n) if self.shuffle else np.arange(self.n)

    def _random(self, number):
        return np.random.RandomState((self._base_seed + number) % _LARGEST_SEED)

    def _make_batch(self, indices, random):
        """Makes the batch of the pictures at `indices`."""
        raise NotImplementedError
