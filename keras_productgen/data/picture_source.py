"""Decoded pictures by their number, kept in memory where they fit."""

import concurrent.futures
import threading

import numpy as np

from keras_productgen import images
from keras_productgen.data.folder_scan import reason_of

CACHE_BYTES = 2**30


class PictureSource:
    """Loads batches of pictures from files, in parallel.

    A file that fails to decode is reported, and the next usable one stands in
    for it from then on, so that every batch keeps its size.

    Args:
        entries: List of `Entry` with headers.
        size: `(height, width)` of the pictures.
        resize: `"crop"`, `"pad"` or `"stretch"`.
        background: What lies under transparency and in margins, 0-255.
        cache: `True` keeps every decoded picture, `False` none, `"auto"` all
            if they take at most 1 GiB.
        workers: Threads that decode.
        report: The `FolderReport` that names the files that fail.
        class_of: Function from an entry to the name of its class.
    """

    def __init__(
        self,
        entries,
        size,
        resize,
        background,
        cache,
        workers,
        report,
        class_of,
    ):
        self.entries = entries
        self.shape = (*size, 3)
        self.resize = resize
        self.background = background
        self.workers = workers
        self.report = report
        self.class_of = class_of
        self._pool = concurrent.futures.ThreadPoolExecutor(workers)
        self._lock = threading.Lock()
        self._failed = set()
        self._cached = np.zeros(len(entries), bool)
        self._pictures = self._make_cache(cache)

    def load(self, indices):
        """Returns `(pictures, indices)`, uint8 and int64.

        The indices that come back are those of the pictures that were loaded:
        they differ where another stood in.
        """
        if self._pictures is not None and self._cached[indices].all():
            return self._pictures[indices], indices
        # A share for every thread: handing over single pictures costs a
        # tenth of the time of decoding them.
        shares = np.array_split(indices, min(self.workers, len(indices)))
        loaded = sum(self._pool.map(self._load_share, shares), [])
        used = np.array([index for index, _ in loaded], "int64")
        return np.stack([picture for _, picture in loaded]), used

    def _make_cache(self, cache):
        if cache == "auto":
            cache = len(self.entries) * np.prod(self.shape) <= CACHE_BYTES
        if not cache:
            return None
        # Memory is taken page by page, as pictures come in.
        return np.empty((len(self.entries), *self.shape), "uint8")

    def _load_share(self, indices):
        return [self._load_or_next(index) for index in indices]

    def _load_or_next(self, index):
        for step in range(len(self.entries)):
            candidate = (index + step) % len(self.entries)
            picture = self._load_one(candidate)
            if picture is not None:
                return candidate, picture
        raise ValueError(
            "At least one picture must be decodable. Received: none in "
            f"{self.report.directory}; see the report"
        )

    def _load_one(self, index):
        if index in self._failed:
            return None
        if self._cached[index]:
            return self._pictures[index]
        entry = self.entries[index]
        try:
            picture = images.load_resized(
                entry.file,
                self.shape[:2],
                self.resize,
                self.background,
                # Looked at when the folder was opened.
                max_pixels=None,
                header=entry.header,
            )
        except (OSError, ValueError) as error:
            self._fail(index, reason_of(error))
            return None
        if self._pictures is not None:
            self._pictures[index] = picture
            self._cached[index] = True
        return picture

    def _fail(self, index, reason):
        with self._lock:
            if index in self._failed:
                return
            self._failed.add(index)
        entry = self.entries[index]
        self.report.skip(entry.path, reason, self.class_of(entry))
