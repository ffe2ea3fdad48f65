"""What became of every address."""

import dataclasses
import os

from keras_productgen import images


@dataclasses.dataclass
class CollectReport:
    """What was collected, what was not, and why.

    `str(report)` is a summary for reading, `report.save(path)` writes all of
    it as JSON.

    Args:
        directory: The folder of the pictures.
        collected: Number of new pictures.
        skipped: Number of pictures that were there from a run before.
        repeated: Number of addresses that stood in the list already.
        gone: Number of pictures that are on record and were moved out of the
            folder or deleted; they were not asked for.
        left: Number of addresses not tried, for the job was stopped.
        duplicates: `(url, file)` of pictures whose content was there already.
        failures: `(url, reason)` of what could not be collected; the reason
            begins with the line of the list.
    """

    directory: str
    collected: int = 0
    skipped: int = 0
    repeated: int = 0
    gone: int = 0
    left: int = 0
    duplicates: list = dataclasses.field(default_factory=list)
    failures: list = dataclasses.field(default_factory=list)

    @property
    def num_there(self):
        """Addresses whose picture is in the folder now."""
        return self.collected + self.skipped + len(self.duplicates)

    def save(self, path: str | os.PathLike):
        """Writes the report as a JSON file."""
        images.write_json(path, dataclasses.asdict(self))

    def __str__(self):
        lines = [f"{self.directory}: {self.collected} pictures collected"]
        for count, what in (
            (self.skipped, "there from before"),
            (self.repeated, "addresses repeated in the list"),
            (len(self.duplicates), "with the content of another"),
            (self.gone, "on record, but moved out or deleted"),
            (self.left, "not tried yet"),
        ):
            lines += [f"  {count} {what}"] * bool(count)
        if self.failures:
            lines.append(f"  {len(self.failures)} failed")
        lines += [f"    {url}: {why}" for url, why in self.failures[:20]]
        more = len(self.failures) - 20
        return "\n".join(lines + ([f"    and {more} more"] if more > 0 else []))
