"""The catalogue as an endless supply of training batches."""

import collections
import itertools
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import tensorflow as tf

from keras_productgen.data.catalog.conditions import CONDITIONS
from keras_productgen.data.catalog.conditions import condition_arrays
from keras_productgen.data.catalog.order import shuffled
from keras_productgen.data.pipeline_options import pipeline_options


class BatchStream:
    """Renders the batches of one epoch after the other.

    Every pass has its own order, from the seed and the number of the pass.

    Args:
        catalog: `ProductCatalog`.
        names: tuple of conditions; empty for images alone.
        shuffle: bool.
        batch_size: int.
        seed: int >= 0 of the order.
        drop_remainder: bool.
        cache: bool, whether uint8 images are kept after the first pass.
        workers: threads that render.
    """

    def __init__(
        self,
        catalog,
        names,
        shuffle,
        batch_size,
        seed,
        drop_remainder,
        cache,
        workers,
    ):
        self.catalog = catalog
        self.batch_size = batch_size
        self.names = names
        self.shuffle = shuffle
        self.seed = seed
        self.drop_remainder = drop_remainder
        self.workers = workers or os.cpu_count()
        self.images = {} if cache else None
        self._passes = itertools.count()
        self._lock = threading.Lock()

    def __len__(self):
        whole, rest = divmod(len(self.catalog), self.batch_size)
        return whole + (rest > 0 and not self.drop_remainder)

    def batches(self):
        """Generator of one pass; a few batches are rendered ahead."""
        with self._lock:
            key = (self.seed, next(self._passes))
        with ThreadPoolExecutor(self.workers) as pool:
            waiting = collections.deque()
            for step in range(len(self)):
                indices = self._indices(step, key)
                items = [self.catalog.item(index) for index in indices]
                jobs = [
                    pool.submit(self._image, int(index), item)
                    for index, item in zip(indices, items)
                ]
                waiting.append((items, jobs))
                if len(waiting) > 2:
                    yield self.batch(*waiting.popleft())
            while waiting:
                yield self.batch(*waiting.popleft())

    def _indices(self, step, key):
        start = step * self.batch_size
        stop = min(start + self.batch_size, len(self.catalog))
        positions = np.arange(start, stop)
        if not self.shuffle:
            return positions
        return shuffled(positions, len(self.catalog), key)

    def _image(self, index, item):
        if self.images is None:
            return self.rendered(item)
        if index not in self.images:
            self.images[index] = self.rendered(item)
        return self.images[index]

    def rendered(self, item):
        """What is kept of an item: its picture, uint8."""
        return self.catalog.render_image(item)

    def batch(self, items, jobs):
        """A batch of arrays, whose pictures are uint8."""
        images = np.stack([job.result() for job in jobs])
        if not self.names:
            return images
        return images, condition_arrays(items, self.names)

    def signature(self):
        """The `tf.TensorSpec`s of `batch`."""
        rows = self.batch_size if self.drop_remainder else None
        side = self.catalog.image_size
        images = tf.TensorSpec((rows, side, side, 3), tf.uint8)
        if not self.names:
            return images
        return images, {
            name: tf.TensorSpec((rows, *shape), dtype)
            for name, (shape, dtype, _) in CONDITIONS.items()
            if name in self.names
        }


def to_dataset(stream):
    """The `tf.data.Dataset` of a `BatchStream`."""
    dataset = tf.data.Dataset.from_generator(
        stream.batches, output_signature=stream.signature()
    )
    dataset = dataset.apply(
        tf.data.experimental.assert_cardinality(len(stream))
    )
    # Pictures cross the border as uint8, a quarter of the bytes.
    dataset = dataset.map(_to_float).prefetch(2)
    return dataset.with_options(pipeline_options())


def _to_float(*batch):
    batch = tf.nest.map_structure(
        lambda rows: (
            tf.cast(rows, tf.float32) if rows.dtype == tf.uint8 else rows
        ),
        batch,
    )
    return batch if len(batch) > 1 else batch[0]
