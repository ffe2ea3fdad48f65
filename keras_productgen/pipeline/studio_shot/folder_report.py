"""What became of the photos of a folder."""

import dataclasses
import os

from keras_productgen import images
from keras_productgen.pipeline.studio_shot.result import ACCEPTED
from keras_productgen.publishing.folders import files

VERB = "studio-shot"


@dataclasses.dataclass
class StudioReport:
    """What `StudioShot.run` has done.

    Args:
        parameters: dict of what all pictures depend on.
        rows: list of dicts, one a photo: `file`, `made` (name of its picture or
            None), `kept` (whether an earlier run had done it), and what
            `StudioReport.to_dict` says.
        failed: dict from the names of files to why they are no photos.
        shown: dict from the names of photos to pairs of small uint8 pictures,
            before and after.
    """

    parameters: dict
    rows: list
    failed: dict
    shown: dict = dataclasses.field(repr=False)

    @property
    def made(self):
        """Dict from photos to their pictures, made now or earlier."""
        return {r["file"]: r["made"] for r in self.rows if r["made"]}

    @property
    def rejected(self):
        """Dict from rejected photos to their reasons, lists of str."""
        return {
            row["file"]: [reason["text"] for reason in row["reasons"]]
            for row in self.rows
            if row["verdict"] != ACCEPTED
        }

    @property
    def kept(self):
        """Names of the photos that an earlier run had done, a list."""
        return [row["file"] for row in self.rows if row["kept"]]

    def counts(self):
        """Dict from the names of verdicts to how many photos have them."""
        found = {}
        for row in self.rows:
            for name in {reason["name"] for reason in row["reasons"]}:
                found[name] = found.get(name, 0) + 1
        return dict(sorted(found.items()))

    def to_dict(self):
        """All of it but pictures, as JSON can hold it."""
        return {
            files.VERB: VERB,
            "parameters": self.parameters,
            "made": len(self.made),
            "rejected": len(self.rejected),
            "counts": self.counts(),
            "photos": self.rows,
            "failed": self.failed,
        }

    def save(self, path: str | os.PathLike):
        """Writes all of it as JSON."""
        images.write_json(path, self.to_dict())
