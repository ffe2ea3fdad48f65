"""The folder of the pictures that were taken out, and its journal."""

import json
import os
import pathlib

from keras_productgen.data.cleaning import moving

JOURNAL = "manifest.jsonl"


class Quarantine:
    """Takes pictures in, and gives them back byte for byte.

    A picture lies at `<reason>/<its path>`. `manifest.jsonl` has a line for
    each, written to the disk before the picture is moved, so that whenever a
    run is killed, each picture is where it was or where its line says.

    Args:
        directory: The folder; made with the first picture.
    """

    def __init__(self, directory: str | os.PathLike):
        self.directory = pathlib.Path(directory).expanduser()
        self.journal = self.directory / JOURNAL

    def take(self, root, findings, progress):
        """Moves pictures out of a folder.

        Args:
            root: The folder.
            findings: List of `Finding`.
            progress: Function of `(stage, done, total)`.

        Returns:
            `(moved, failed)`: lists of paths, and of `(path, why)`.
        """
        moved, failed = [], []
        findings = [f for f in findings if os.path.lexists(root / f.path)]
        for start in range(0, len(findings), 64):
            part = findings[start : start + 64]
            targets = self._free_places(root, part)
            lines = [
                self._line(root, finding, target)
                for finding, target in zip(part, targets)
            ]
            self._write(lines)
            for finding, target in zip(part, targets):
                try:
                    moving.move(root / finding.path, self.directory / target)
                except OSError as error:
                    failed.append((finding.path, str(error)))
                else:
                    moved.append(finding.path)
            progress("moving", start + len(part), len(findings))
        return moved, failed

    def entries(self):
        """The pictures that the journal knows, the last line of each.

        Returns:
            Dict of a place in the quarantine to the line as a dict.
        """
        if not self.journal.is_file():
            raise ValueError(
                "`quarantine` must be a folder that `clean` has filled. "
                f"Received: {str(self.directory)!r}, without {JOURNAL}"
            )
        found = {}
        with open(self.journal, "rb") as file:
            for line in file:
                # A line that was cut off belongs to a move that never began.
                try:
                    entry = json.loads(line)
                except (json.JSONDecodeError, UnicodeDecodeError):
                    continue
                found[entry["file"]] = entry
        return found

    def restore(self, directory=None):
        """Moves the pictures back.

        Args:
            directory: optional folder to put them into. Defaults to the one
                that each came from.

        Returns:
            `(restored, refused)`: lists of paths, and of `(path, why)`.
        """
        restored, refused = [], []
        for place, entry in self.entries().items():
            source = self.directory / place
            if not source.exists():
                continue
            target = pathlib.Path(directory or entry["from"]) / entry["path"]
            try:
                moving.move(source, target)
            except FileExistsError:
                refused.append((entry["path"], "another file is there now"))
            except OSError as error:
                refused.append((entry["path"], str(error)))
            else:
                restored.append(entry["path"])
        return restored, refused

    def _free_places(self, root, findings):
        """Where pictures go; others of their names may be there already."""
        places = []
        for finding in findings:
            place = os.path.join(finding.reasons[0], *finding.path.split("/"))
            stem, suffix = os.path.splitext(place)
            number = 1
            source = root / finding.path
            while place in places or self._is_taken(place, source):
                number += 1
                place = f"{stem} ({number}){suffix}"
            places.append(place)
        return places

    def _is_taken(self, place, source):
        target = self.directory / place
        # The same file is there where a run was killed within a move.
        return os.path.lexists(target) and not moving.same_content(
            source, target
        )

    def _line(self, root, finding, target):
        return {
            "file": target.replace(os.sep, "/"),
            "path": finding.path,
            "from": str(root.resolve()),
            "reasons": finding.reasons,
            "scores": finding.scores,
            "twin": finding.twin,
            "sha256": finding.sha256,
            "error": finding.error,
        }

    def _write(self, lines):
        self.directory.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(line) + "\n" for line in lines)
        with open(self.journal, "ab") as file:
            # A line that was cut off must not swallow the next one.
            if file.tell() and not self._ends_whole():
                file.write(b"\n")
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        moving.sync_folder(self.directory)

    def _ends_whole(self):
        with open(self.journal, "rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
