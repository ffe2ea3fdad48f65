"""What was found in the pictures of a folder."""

import dataclasses
import os

from keras_productgen import images
from keras_productgen.publishing.folders import page
from keras_productgen.publishing.profiles import Profile

# Of so many pictures a page shows where they fail.
MOST_SHOWN, SHOWN_SIDE = 200, 320


@dataclasses.dataclass
class FolderReport:
    """What a marketplace would find wrong with the pictures of a folder.

    Args:
        profile: `Profile`.
        rows: list of dicts, `Report.to_dict()` of each picture; of mended ones
            that of the result, with `done`, `not_mended` and, unless nothing
            could be made, `made`.
        failed: dict from names of files to why they could not be used.
        kept: list of str, results that were there already.
        shown: dict from names to uint8 arrays, the marked pictures, small.
    """

    profile: Profile
    rows: list
    failed: dict
    kept: list
    shown: dict = dataclasses.field(repr=False)

    @property
    def passed(self):
        """How many pictures pass, with or without warnings."""
        return sum(row["passed"] for row in self.rows)

    def counts(self):
        """Dict from rules to `(failed, warned)`, of those that do either."""
        found = {}
        for row in self.rows:
            for finding in row.get("not_mended", row["findings"]):
                both = found.setdefault(finding["rule"], [0, 0])
                both[0] += finding["status"] == "failed"
                both[1] += finding["status"] == "warning"
        return {rule: tuple(both) for rule, both in found.items() if any(both)}

    def to_dict(self):
        """All of it but pictures, as JSON can hold it."""
        return {
            "profile": self.profile.to_dict(),
            "passed": self.passed,
            "pictures": self.rows,
            "kept": self.kept,
            "failed": self.failed,
        }

    def save(self, path: str | os.PathLike):
        """Writes all of it as JSON."""
        images.write_json(path, self.to_dict())

    def save_page(self, path: str | os.PathLike):
        """Writes a page of HTML with the marked pictures."""
        images.write_bytes(path, page.render(self).encode("utf-8", "replace"))

    def show(self, name, found):
        """Keeps the marked picture of a `publishing.Report`, small."""
        if len(self.shown) < MOST_SHOWN:
            marked = found.picture()
            scale = min(1.0, SHOWN_SIDE / max(marked.shape[:2]))
            size = tuple(max(1, round(s * scale)) for s in marked.shape[:2])
            self.shown[name] = images.resize(marked, size, "stretch")
