"""The manifest beside the pictures: what was collected, line by line."""

import json
import os
import threading

from keras_productgen.images import write_bytes

MANIFEST = "manifest.jsonl"
DUPLICATES = "duplicates.jsonl"


class Journal:
    """Appends a line for each picture as soon as its file is there.

    Args:
        directory: `pathlib.Path` of the pictures.
    """

    def __init__(self, directory):
        self.directory = directory
        self.path = directory / MANIFEST
        self._lock = threading.Lock()
        # Held from the look for a twin until the name is taken.
        self.naming = threading.Lock()
        self.records = self._read(MANIFEST)
        self.duplicates = self._read(DUPLICATES)
        self._files = {
            record["sha256"]: record["file"] for record in self.records.values()
        }

    def done(self, url):
        """Whether the picture of an address is there, whole."""
        record = self.records.get(url) or self.duplicates.get(url)
        return record is not None and self._is_there(record)

    def first_with(self, digest):
        """The file with this content, `None` if there is none yet."""
        with self._lock:
            return self._files.get(digest)

    def add(self, record):
        """Puts a picture on record."""
        with self._lock:
            self.records[record["url"]] = record
            self._files[record["sha256"]] = record["file"]
            self._append(MANIFEST, record)

    def add_duplicate(self, record):
        """Puts an address on record whose picture is there from another."""
        with self._lock:
            self.duplicates[record["url"]] = record
            self._append(DUPLICATES, record)

    def _append(self, name, record):
        with (self.directory / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _is_there(self, record):
        file = self.directory / record["file"]
        return file.is_file() and file.stat().st_size == record["size"]

    def _read(self, name):
        path = self.directory / name
        if not path.exists():
            return {}
        records = {}
        for line in path.read_text("utf-8").split("\n"):
            try:
                record = json.loads(line)
                if record["sha256"] and self._is_there(record):
                    records[record["url"]] = record
            # A line that was cut off when the job was killed.
            except (json.JSONDecodeError, KeyError, TypeError):
                continue
        lines = [json.dumps(r, ensure_ascii=False) for r in records.values()]
        text = "".join(line + "\n" for line in lines)
        write_bytes(path, text.encode())
        return records
