"""What became of a photo, and why."""

import dataclasses
import hashlib
import os
import pathlib
import time

import numpy as np

from keras_productgen import publishing
from keras_productgen.evaluation.plain import plain
from keras_productgen.publishing.provenance import sidecar

ACCEPTED, REJECTED = "accepted", "rejected"


@dataclasses.dataclass(frozen=True)
class Stage:
    """One stage of a studio shot.

    Args:
        name: str.
        method: str, what did it; `"left out"` where nothing was done.
        settings: dict of plain values.
        seconds: float, how long it took.
    """

    name: str
    method: str
    settings: dict
    seconds: float


class Stages(list):
    """Stages as they are done; the time of each runs from the one before."""

    def __init__(self):
        super().__init__()
        self._since = time.perf_counter()
        self._aside = 0.0

    def aside(self, make):
        """Does what belongs to a later stage, whose time it counts to."""
        before = time.perf_counter()
        made = make()
        spent = time.perf_counter() - before
        self._since += spent
        self._aside += spent
        return made

    def resume(self):
        """Begins the stage to which counts what was done aside."""
        self._since -= self._aside
        self._aside = 0.0

    def done(self, name, method, **settings):
        """Puts a stage on record that has just ended."""
        now = time.perf_counter()
        seconds = round(now - self._since, 4)
        self.append(Stage(name, method, plain(settings), seconds))
        self._since = now


@dataclasses.dataclass(frozen=True)
class StudioReport:
    """What was done to a photo, what was measured, and the verdict.

    Args:
        verdict: `"accepted"` or `"rejected"`.
        reasons: list of `Refusal`, empty where it was accepted.
        stages: list of `Stage`, of the attempt that counts.
        scores: dict of floats, those of the gate, of that attempt.
        proofs: dict of what was proven of the product, each with `holds`,
            `to_dict()` and `str()`: `"background"` and `"marketplace"`, an
            `editing.Proof` each, that its pixels stayed as they were;
            `"restore"` and `"relight"`, a `Correction` each, how far its
            colours moved; `"straighten"`, a `ColorsKept`, where a function
            turned it. Stages that were left out have none.
        attempts: list of `Decision`, those of the gate.
        done: list of dicts, what was mended for the marketplace.
        warnings: list of str, what the marketplace would rather have otherwise.
        seed: int.
    """

    verdict: str
    reasons: list
    stages: list
    scores: dict
    proofs: dict
    attempts: list
    done: list
    warnings: list
    seed: int

    @property
    def accepted(self):
        return self.verdict == ACCEPTED

    @property
    def proof(self):
        """The `editing.Proof` of background and shadow, or None."""
        return self.proofs.get("background")

    def to_dict(self):
        """All of it, as JSON can hold it."""
        values = plain(
            {**vars(self), "attempts": [], "proofs": {}, "reasons": []}
        )
        values["reasons"] = [
            {**plain(reason), "text": str(reason)} for reason in self.reasons
        ]
        values["attempts"] = [each.to_dict() for each in self.attempts]
        values["proofs"] = {
            stage: {**proof.to_dict(), "text": str(proof)}
            for stage, proof in self.proofs.items()
        }
        return values

    def __str__(self):
        return "; ".join([self.verdict, *map(str, self.reasons)])


@dataclasses.dataclass(frozen=True)
class StudioResult:
    """A picture for a shop, or none, and why.

    Args:
        image: optional uint8 array, `(height, width, 3)`, or 4 channels where
            the background was left out. None where it was rejected.
        mask: optional float32 array `(height, width)` in `[0, 1]`, the product.
        report: `StudioReport`.
        data: optional bytes of the file, as the marketplace wants it.
        suffix: str, how its name ends, such as `".jpg"`.
        rejected_image: optional uint8 array, the best of what was rejected.
        record: optional `publishing.Record`, the label.
        source: optional `pathlib.Path` of the photo.
        marks: dict, what the file is marked with when it is saved: further
            arguments of `publishing.label`.
    """

    image: np.ndarray | None
    mask: np.ndarray | None
    report: StudioReport
    data: bytes | None = None
    suffix: str = ".png"
    rejected_image: np.ndarray | None = None
    record: publishing.Record | None = None
    source: pathlib.Path | None = None
    marks: dict = dataclasses.field(default_factory=dict)

    def save(self, path: str | os.PathLike, settings=None):
        """Writes the file, with its label, and a JSON beside it.

        Args:
            path: where to write, without an ending: that of the type is added.
            settings: optional dict, kept in that JSON.

        Returns:
            `pathlib.Path` of the file.

        Raises:
            ValueError: if the photo was rejected.
        """
        if self.data is None:
            raise ValueError(
                "The photo must have been accepted. Received: "
                f"report={self.report}"
            )
        path = pathlib.Path(path)
        path = path.with_name(path.name + self.suffix)
        settings, notes = settings or {}, self.report.to_dict()
        if self.record is not None:
            publishing.label(
                self.data,
                path,
                self.record,
                settings=settings,
                notes=notes,
                inherit=self.source,
                **self.marks,
            )
            return path
        digest = hashlib.sha256(self.data).hexdigest()
        about = {"file": {"name": path.name, "sha256": digest}}
        about |= {"settings": settings, "notes": notes}
        sidecar.write(path, self.data, about)
        return path
