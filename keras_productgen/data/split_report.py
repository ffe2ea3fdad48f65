"""What was found where the parts of a data set meet."""

import dataclasses
import os

import numpy as np

from keras_productgen import images
from keras_productgen.data.cleaning import sheets


@dataclasses.dataclass
class SplitCheck:
    """What was found where parts of a data set meet.

    Args:
        directory: The folder.
        counts: Pictures of each part.
        leaks: List of `(path, path, score)`: copies of each other in two
            parts. Exact copies have the score 1.
        closest: The pairs that come nearest to being copies, leaks or not.
        torn: Groups of the manifest that lie in several parts.
        skipped: `(path, why)` of pictures that could not be compared, such as
            those that the manifest names and the folder lacks.
    """

    directory: str
    counts: dict
    leaks: list
    closest: list
    torn: list
    skipped: list = dataclasses.field(default_factory=list)

    @property
    def passed(self):
        """Whether no picture and no group is in two parts."""
        return not self.leaks and not self.torn

    def save(self, path: str | os.PathLike):
        """Writes the check as a JSON file."""
        content = dataclasses.asdict(self) | {"passed": self.passed}
        images.write_json(path, content)

    def sheet(self, path: str | os.PathLike, max_pairs=24):
        """Writes a picture of the closest pairs, side by side."""
        cells = [
            sheets.cell(
                os.path.join(self.directory, name),
                f"{score:.3f} {name}",
            )
            for first, second, score in self.closest[:max_pairs]
            for name in (first, second)
        ]
        if not cells:
            cells = [
                np.full((sheets.CELL + sheets.CAPTION, sheets.CELL, 3), 255)
            ]
        images.save(path, sheets.sheet_of(cells))

    def __str__(self):
        parts = ", ".join(f"{name} {n}" for name, n in self.counts.items())
        lines = [f"{self.directory}: {parts}"]
        lines += [
            f"  leak: {first} = {second} ({score:.3f})"
            for first, second, score in self.leaks
        ]
        lines += [f"  group in several parts: {name}" for name in self.torn]
        if self.skipped:
            lines.append(f"  {len(self.skipped)} not compared")
        lines += [f"    {path}: {why}" for path, why in self.skipped[:20]]
        lines += ["    ..."] * (len(self.skipped) > 20)
        if self.passed:
            nearest = "no pair is even similar"
            if self.closest:
                nearest = f"the closest pair agrees to {self.closest[0][2]:.3f}"
            lines.append(f"  no leak; {nearest}")
        return "\n".join(lines)
