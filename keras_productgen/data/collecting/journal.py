"""The manifest beside the pictures: what was collected, line by line."""

import json
import os
import threading

from keras_productgen.images import write_bytes

MANIFEST = "manifest.jsonl"
DUPLICATES = "duplicates.jsonl"


class Journal:
    """Appends a line for each picture as soon as its file is there.

    What is on record stays there when its file is moved out or deleted: its
    licence is needed as soon as it comes back.

    Args:
        directory: `pathlib.Path` of the pictures.
        again: Whether to collect what is on record but gone from the folder.
    """

    def __init__(self, directory, again=False):
        self.directory = directory
        self.again = again
        self._lock = threading.Lock()
        # Held from the look for a twin until the name is taken.
        self.naming = threading.Lock()
        self.records = self._read(MANIFEST)
        self.duplicates = self._read(DUPLICATES)
        self._files = {
            record["sha256"]: record["file"]
            for record in self.records.values()
            if "sha256" in record and self._is_settled(record)
        }

    def done(self, url):
        """Whether the picture of an address is not to be asked for."""
        record = self._record_of(url)
        return record is not None and self._is_settled(record)

    def is_gone(self, url):
        """Whether a picture is on record and its file not in the folder."""
        record = self._record_of(url)
        return record is not None and not self._file_of(record).exists()

    def first_with(self, digest):
        """The file with this content, `None` if there is none yet."""
        with self._lock:
            return self._files.get(digest)

    def add(self, record):
        """Puts a picture on record."""
        with self._lock:
            self._files[record["sha256"]] = record["file"]
            self._put(MANIFEST, self.records, record)

    def add_duplicate(self, record):
        """Puts an address on record whose picture is there from another."""
        with self._lock:
            self._put(DUPLICATES, self.duplicates, record)

    def _record_of(self, url):
        return self.records.get(url) or self.duplicates.get(url)

    def _put(self, name, records, record):
        url = record["url"]
        known = (self.records, self.duplicates)
        if not any(url in each for each in known):
            records[url] = record
            self._append(name, record)
            return
        # An older line of it would name the same file once more.
        for each in known:
            each.pop(url, None)
        records[url] = record
        self._write(MANIFEST, self.records)
        self._write(DUPLICATES, self.duplicates)

    def _append(self, name, record):
        with (self.directory / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _file_of(self, record):
        return self.directory / str(record.get("file", ""))

    def _is_settled(self, record):
        """Whether a picture is there, whole, or was taken out on purpose."""
        file = self._file_of(record)
        if not file.exists():
            return not self.again
        return file.is_file() and file.stat().st_size == record.get("size")

    def _read(self, name):
        path = self.directory / name
        if not path.exists():
            return {}
        records = {}
        for line in path.read_text("utf-8").split("\n"):
            # A line that was cut off when the job was killed.
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            # Rows of another origin have no address, and stay too.
            if isinstance(record, dict):
                records[str(record.get("url", line))] = record
        self._write(name, records)
        return records

    def _write(self, name, records):
        if not records and not (self.directory / name).exists():
            return
        lines = [json.dumps(r, ensure_ascii=False) for r in records.values()]
        text = "".join(line + "\n" for line in lines)
        write_bytes(self.directory / name, text.encode())
