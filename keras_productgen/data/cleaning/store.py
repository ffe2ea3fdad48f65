"""What was measured of each picture, on disk, so that a run can go on."""

import dataclasses
import json
import os
import pathlib

import numpy as np

from keras_productgen.data.cleaning.fingerprints import NUM_CHROMA
from keras_productgen.data.cleaning.fingerprints import NUM_COLORS
from keras_productgen.data.cleaning.fingerprints import NUM_GREY
from keras_productgen.data.cleaning.measures import MEASURES
from keras_productgen.data.cleaning.row_file import RowFile

RECORD = np.dtype(
    [
        ("sha256", "V32"),
        ("pixels", "V16"),
        ("bytes", "int64"),
        ("height", "int32"),
        ("width", "int32"),
        ("hashes", "uint64", (4,)),
        *[(name, "float32") for name in MEASURES],
    ]
)
VERSION = 1


@dataclasses.dataclass(slots=True)
class Known:
    """A file that was looked at.

    Args:
        size: Its bytes.
        time: When it was changed last, in nanoseconds.
        row: Its row in the arrays; `None` for a file that is no picture.
        error: Why it is no picture.
        sha256: Hexadecimal digest of a file that is no picture.
    """

    size: int
    time: int
    row: int | None
    error: str | None = None
    sha256: str | None = None


class AnalysisStore:
    """The measurements of a folder, a row a picture, in a folder of their own.

    The arrays are written before the names: rows without a name, which a run
    that was killed has left, are cut off when the store is opened again.

    Args:
        directory: Where the files lie. What another encoder has written there
            is replaced.
        num_features: Numbers in a feature vector; 0 without an encoder.
        encoder_name: Text that differs between encoders.
    """

    def __init__(self, directory, num_features, encoder_name):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        settings = {
            "version": VERSION,
            "encoder": encoder_name,
            "num_features": num_features,
        }
        self._check_settings(settings)
        self.records = self._rows("records", RECORD)
        self.pictures = self._rows("pictures", "uint8", NUM_GREY + NUM_CHROMA)
        self.colors = self._rows("colors", "uint8", NUM_COLORS)
        self.features = None
        if num_features:
            self.features = self._rows("features", "float16", num_features)
        self.known = self._read_names()
        self._names = open(self._names_path, "a", encoding="utf-8")

    @property
    def arrays(self):
        """The row files, in the order in which they are written."""
        every = (self.records, self.pictures, self.colors, self.features)
        return [rows for rows in every if rows is not None]

    def append(self, names, arrays):
        """Adds files, and the rows of those that are pictures.

        Args:
            names: List of `(path, Known)`; the rows are filled in here.
            arrays: An array for each of `self.arrays`.
        """
        row = len(self.records)
        for rows, array in zip(self.arrays, arrays):
            rows.append(array)
        for path, known in names:
            if known.error is None:
                known.row, row = row, row + 1
            self.known[path] = known
            line = {"path": path} | dataclasses.asdict(known)
            self._names.write(json.dumps(line) + "\n")
        self._names.flush()

    def close(self):
        self._names.close()
        for rows in self.arrays:
            rows.close()

    @property
    def _names_path(self):
        return self.directory / "names.jsonl"

    def _rows(self, name, dtype, width=None):
        return RowFile(self.directory / f"{name}.bin", dtype, width)

    def _check_settings(self, settings):
        path = self.directory / "settings.json"
        text = json.dumps(settings)
        if path.is_file() and path.read_text("utf-8") == text:
            return
        for name in ("names.jsonl", "records.bin", "pictures.bin"):
            (self.directory / name).unlink(missing_ok=True)
        for name in ("colors.bin", "features.bin"):
            (self.directory / name).unlink(missing_ok=True)
        path.write_text(text, "utf-8")

    def _read_names(self):
        known, num_rows, length = {}, 0, 0
        with open(self._names_path, "a+b") as file:
            file.seek(0)
            for line in file:
                entry = _parsed(line)
                if entry is None:
                    break
                row = entry["row"]
                if row is not None and row >= self._num_whole():
                    break
                path = entry.pop("path")
                known[path] = Known(**entry)
                num_rows = max(num_rows, 0 if row is None else row + 1)
                length += len(line)
            # What was cut off in the middle of a line must not join the next.
            os.ftruncate(file.fileno(), length)
        for rows in self.arrays:
            rows.truncate(num_rows)
        return known

    def _num_whole(self):
        return min(len(rows) for rows in self.arrays)


def _parsed(line):
    if not line.endswith(b"\n"):
        return None
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return None
