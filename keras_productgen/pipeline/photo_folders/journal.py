"""What has been made already, line by line beside the pictures."""

import hashlib
import json
import pathlib

from keras_productgen import images


class Journal:
    """Knows which results are whole, and made as they would be made now.

    A line is written before its picture: a job that is killed in between leaves
    one whose picture is missing, which is made again.

    Args:
        out: `pathlib.Path` of the folder of the results.
        file: str, the name of the journal there.
        settings: what results depend on, as JSON can hold it.
    """

    def __init__(self, out, file, settings):
        self.out = out
        self.file = out / file
        self.settings = json.loads(json.dumps(settings))
        self._rows = self._read()
        lines = [json.dumps(row) + "\n" for row in self._rows.values()]
        images.write_bytes(self.file, "".join(lines).encode())

    def knows(self, name):
        """Whether a result of that name was written by a run."""
        return name in self._rows

    def has(self, name, source):
        """Whether the result of that source is there, whole.

        Args:
            name: str, path of the result in the folder.
            source: str, digest of the photo's file.
        """
        row = self._rows.get(name)
        if row is None or row["source"] != source:
            return False
        if row["settings"] != self.settings:
            return False
        try:
            return digest((self.out / name).read_bytes()) == row["result"]
        except OSError:
            return False

    def write(self, name, source, data):
        """Puts a result on record and writes it."""
        row = {
            "name": name,
            "source": source,
            "result": digest(data),
            "settings": self.settings,
        }
        self._rows[name] = row
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        images.write_bytes(self.out / pathlib.PurePosixPath(name), data)

    def _read(self):
        try:
            lines = self.file.read_text("utf-8").split("\n")
        except (FileNotFoundError, UnicodeDecodeError):
            return {}
        rows = {}
        for line in lines:
            # A line that was cut off when the job was killed.
            try:
                row = json.loads(line)
                fields = [row[k] for k in ("source", "result", "settings")]
                rows[row["name"]] = row if fields else None
            except (ValueError, KeyError, TypeError):
                continue
        return rows


def digest(data):
    return hashlib.sha256(data).hexdigest()
