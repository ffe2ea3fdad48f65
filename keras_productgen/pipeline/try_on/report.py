"""What a preview is, and how it came about."""

import dataclasses
import json
import os

import numpy as np

from keras_productgen import publishing
from keras_productgen.publishing.provenance.inside import source_type_of_all

ACCEPTED, REJECTED = "accepted", "rejected"
KIND = "2D preview"


@dataclasses.dataclass(frozen=True)
class TryOnReport:
    """How a preview was made, or why there is none; plain values.

    Args:
        verdict: `"accepted"` or `"rejected"`.
        reasons: list of str, such as `"garment: cut off: touches top 20%"`
            and what was wanted; empty where it was accepted.
        notes: list of str, what was bent to fit, such as
            `"sleeves_end_at_the_wrist"`.
        category: str.
        garment_points: dict from names to `x`, `y` and `by`, which is `"user"`
            or `"silhouette"`.
        person_points: the same.
        targets: dict from the garment's points to where they went, pairs of x
            and y in the person's photo.
        warp: dict: `relaxed`, `fold_share`, `bending_energy`, `stretch`, and
            `worst_error`, pixels; empty where nothing was warped.
        scores: dict of floats: `garment_matte`, `person_matte`,
            `garment_points` and `person_points`, confidences in `[0, 1]`;
            `color_difference`, CIEDE2000 between the garment's median before
            and after; `visible`, the share of the warped garment that is seen.
        proof: dict, what `editing.product_lock` says of the pixels beyond the
            garment; empty where there is no picture.
        methods: dict, what found the mattes.
        kind: always `"2D preview"`: it says nothing about the fit.
    """

    verdict: str
    reasons: list
    category: str
    notes: list = dataclasses.field(default_factory=list)
    garment_points: dict = dataclasses.field(default_factory=dict)
    person_points: dict = dataclasses.field(default_factory=dict)
    targets: dict = dataclasses.field(default_factory=dict)
    warp: dict = dataclasses.field(default_factory=dict)
    scores: dict = dataclasses.field(default_factory=dict)
    proof: dict = dataclasses.field(default_factory=dict)
    methods: dict = dataclasses.field(default_factory=dict)
    kind: str = KIND

    @property
    def accepted(self):
        return self.verdict == ACCEPTED

    def to_dict(self):
        """All of it, as JSON can hold it."""
        return json.loads(json.dumps(dataclasses.asdict(self)))


@dataclasses.dataclass(frozen=True)
class TriedOn:
    """A preview.

    Args:
        image: uint8 `(height, width, 3)` of the person's photo, or None where
            it was rejected.
        mask: uint8 `(height, width)`, how much of each pixel shows the garment;
            None where it was rejected.
        report: `TryOnReport`.
    """

    image: np.ndarray | None
    mask: np.ndarray | None
    report: TryOnReport

    def save(self, path: str | os.PathLike, parents=(), producer=""):
        """Writes the picture with its label, and beside it record and report.

        Args:
            path: file to write, ending in .jpg, .png or .webp.
            parents: paths of the two photos, which are hashed. Where one says
                that it was generated, so does the preview.
            producer: str, who answers for the picture.

        Raises:
            ValueError: if there is no picture, for it was rejected, or `path`
                ends otherwise.
        """
        if self.image is None:
            raise ValueError(
                "There is no picture to save: it was rejected. Received: "
                f"reasons={self.report.reasons}"
            )
        about = publishing.record(
            source_type_of_all(parents, "composite"),
            producer,
            parents=parents,
            edits=[{"name": "try_on"}],
        )
        publishing.label(self.image, path, about, notes=self.report.to_dict())
