"""Arrays on disk that grow row by row."""

import os

import numpy as np


class RowFile:
    """An array in a file, of which a few rows at a time are in memory.

    Rows are read and written, not memory-mapped: the pages of a map count as
    memory of the process, and this is to stay small however many rows come.

    Args:
        path: The file; it need not exist.
        dtype: NumPy's dtype of a value, or of a structured row.
        width: Values in a row; `None` for rows that are single values.
    """

    def __init__(self, path, dtype, width=None):
        self.path = path
        self.dtype = np.dtype(dtype)
        self.shape = () if width is None else (width,)
        self.row_bytes = self.dtype.itemsize * (width or 1)
        self._file = open(path, "a+b", buffering=0)

    def __len__(self):
        return os.fstat(self._file.fileno()).st_size // self.row_bytes

    def append(self, rows):
        """Writes rows at the end."""
        rows = np.ascontiguousarray(rows, self.dtype)
        if rows.shape[1:] != self.shape:
            raise ValueError(
                f"Rows must have the shape {self.shape}. "
                f"Received: rows.shape={rows.shape}"
            )
        data = memoryview(rows).cast("B") if rows.size else b""
        while len(data):
            data = data[self._file.write(data) :]

    def read(self, start, stop):
        """Returns the rows from `start` to before `stop`."""
        count = min(stop, len(self)) - start
        if count <= 0:
            return np.empty((0, *self.shape), self.dtype)
        data = bytearray(count * self.row_bytes)
        os.preadv(self._file.fileno(), [data], start * self.row_bytes)
        return np.frombuffer(data, self.dtype).reshape(count, *self.shape)

    def take(self, rows):
        """Returns rows by their numbers, which rise."""
        rows = np.asarray(rows, "int64")
        if len(rows) == 0:
            return np.empty((0, *self.shape), self.dtype)
        start, stop = int(rows[0]), int(rows[-1]) + 1
        # Far apart, each is fetched alone; near, all with what lies between.
        if stop - start > 4 * len(rows):
            return np.concatenate([self.read(r, r + 1) for r in rows.tolist()])
        return self.read(start, stop)[rows - start]

    def truncate(self, count):
        """Forgets all but the first `count` rows."""
        self._file.truncate(count * self.row_bytes)

    def close(self):
        self._file.close()
