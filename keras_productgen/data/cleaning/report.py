"""What was found in a folder that is to be cleaned."""

import collections
import dataclasses
import os

from keras_productgen import images
from keras_productgen.data.cleaning.findings import REASONS


@dataclasses.dataclass
class CleaningReport:
    """The problems of a folder of pictures.

    `str(report)` is a summary for reading, `report.save(path)` writes all of
    it as JSON, `report.sheet(path)` shows what was flagged.

    Args:
        directory: The folder.
        num_pictures: Files that are pictures, or are named as if they were.
        findings: List of `Finding`, in order of their paths.
        thresholds: `CleaningThresholds` that were used.
        moved: Paths that `clean` moved into the quarantine.
        failed: `(path, why)` of those that could not be moved.
        quarantine: The quarantine folder, if there is one.
    """

    directory: str
    num_pictures: int
    findings: list
    thresholds: object
    moved: list = dataclasses.field(default_factory=list)
    failed: list = dataclasses.field(default_factory=list)
    quarantine: str | None = None

    @property
    def counts(self):
        """Pictures by each of their reasons; a picture may have several."""
        found = collections.Counter(
            reason for finding in self.findings for reason in finding.reasons
        )
        return {reason: found[reason] for reason in REASONS if found[reason]}

    def paths(self, reason=None):
        """Paths of the pictures with a reason, or with any."""
        return [
            finding.path
            for finding in self.findings
            if reason is None or reason in finding.reasons
        ]

    def save(self, path: str | os.PathLike):
        """Writes the report as a JSON file."""
        content = dataclasses.asdict(self) | {"counts": self.counts}
        images.write_json(path, content)

    def sheet(self, path: str | os.PathLike, max_pictures=24):
        """Writes a picture of what was flagged, a band for each reason.

        Copies stand beside the picture they are copies of.

        Args:
            path: The file, such as `sheet.png`.
            max_pictures: How many of each reason are shown, those with the
                strongest case first.
        """
        from keras_productgen.data.cleaning.sheets import draw

        images.save(path, draw(self, max_pictures))

    def __str__(self):
        flagged = len(self.findings)
        lines = [
            f"{self.directory}: {flagged} of {self.num_pictures} pictures "
            "have a problem"
        ]
        lines += [f"  {name}: {count}" for name, count in self.counts.items()]
        if self.moved:
            lines.append(f"  moved to {self.quarantine}: {len(self.moved)}")
        lines += [f"  not moved: {path}: {why}" for path, why in self.failed]
        return "\n".join(lines)
