"""What was found in a folder of pictures, kept and skipped."""

import collections
import dataclasses
import os
import statistics
import threading

from keras_productgen import images


@dataclasses.dataclass
class FolderReport:
    """What was kept of a folder, what was skipped, and why.

    `str(report)` is a summary for reading, `report.save(path)` writes all of
    it as JSON.

    Args:
        directory: The folder.
        kept: Number of usable pictures.
        classes: Pictures in each class, by name.
        skipped: `(path, reason)` of every file left out. Those that fail only
            when they are decoded are added as training meets them.
        formats: Pictures of each file format.
        modes: Pictures of each pixel layout, in Pillow's names.
        sizes: Pictures of each size, by `"width x height"`.
        smallest_side: Minimum, median and maximum of the shorter side.
        duplicates: Groups of paths with the same content.
        blank: Paths of pictures of one flat colour.
        dark: Paths of pictures that are nearly black.
    """

    directory: str
    kept: int = 0
    classes: dict = dataclasses.field(default_factory=dict)
    skipped: list = dataclasses.field(default_factory=list)
    formats: dict = dataclasses.field(default_factory=dict)
    modes: dict = dataclasses.field(default_factory=dict)
    sizes: dict = dataclasses.field(default_factory=dict)
    smallest_side: dict = dataclasses.field(default_factory=dict)
    duplicates: list = dataclasses.field(default_factory=list)
    blank: list = dataclasses.field(default_factory=list)
    dark: list = dataclasses.field(default_factory=list)

    def __post_init__(self):
        self._lock = threading.Lock()

    def skip(self, path, reason, class_name=None):
        """Takes a picture out that turned out to be unusable."""
        with self._lock:
            self.kept -= 1
            self.skipped.append((path, reason))
            if class_name in self.classes:
                self.classes[class_name] -= 1

    def save(self, path: str | os.PathLike):
        """Writes the report as a JSON file."""
        with self._lock:
            content = dataclasses.asdict(self)
        images.write_json(path, content)

    def __str__(self):
        lines = [f"{self.directory}: {self.kept} pictures kept"]
        lines += self._counts("classes", self.classes)
        lines += self._counts("formats", self.formats)
        lines += self._counts("modes", self.modes)
        if self.smallest_side:
            side = self.smallest_side
            lines.append(
                f"  shorter side: {side['minimum']} to {side['maximum']} "
                f"pixels, median {side['median']:g}"
            )
        lines += self._paths("blank", self.blank)
        lines += self._paths("nearly black", self.dark)
        groups = [" = ".join(group) for group in self.duplicates]
        lines += self._paths("duplicates", groups)
        skipped = [f"{path}: {reason}" for path, reason in self.skipped]
        return "\n".join(lines + self._paths("skipped", skipped))

    def _counts(self, title, counts):
        if not counts:
            return []
        parts = [f"{name} {count}" for name, count in counts.items()]
        return [f"  {title}: {', '.join(parts)}"]

    def _paths(self, title, paths, shown=20):
        if not paths:
            return []
        lines = [f"  {title}: {len(paths)}"]
        lines += [f"    {path}" for path in paths[:shown]]
        more = len(paths) - shown
        return lines + ([f"    and {more} more"] if more > 0 else [])


def make_report(directory, entries, class_of):
    """Returns the `FolderReport` of entries whose headers were read.

    `class_of` gives the name of an entry's class, or `None`.
    """
    kept = [entry for entry in entries if entry.reason is None]
    headers = [entry.header for entry in kept]
    sides = [min(header.size) for header in headers]
    sizes = [f"{h.size[1]} x {h.size[0]}" for h in headers]
    classes = [class_of(entry) for entry in kept]
    return FolderReport(
        directory=str(directory),
        kept=len(kept),
        classes=_count(name for name in classes if name is not None),
        skipped=[(e.path, e.reason) for e in entries if e.reason is not None],
        formats=_count(header.file_format for header in headers),
        modes=_count(header.mode for header in headers),
        sizes=_count(sizes),
        smallest_side={
            "minimum": min(sides),
            "median": statistics.median(sides),
            "maximum": max(sides),
        }
        if sides
        else {},
    )


def _count(names):
    return dict(sorted(collections.Counter(map(str, names)).items()))
