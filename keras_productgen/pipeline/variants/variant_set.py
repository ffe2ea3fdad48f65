"""The variants of one photo, and what was found of them."""

import dataclasses
import json
import os
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen.pipeline.variants.origins import ENHANCED
from keras_productgen.pipeline.variants.sheet import draw_sheet
from keras_productgen.pipeline.variants.thresholds import Thresholds
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance.labelling import Labelling
from keras_productgen.publishing.provenance.record import file_digest

MANIFEST = "manifest.json"
VERB = "variants"
SHEET = "sheet.png"


@dataclasses.dataclass
class VariantSet:
    """What `Variants` has made of a photo.

    Args:
        photo: uint8 `(height, width, 3)`, or 4 with an alpha channel.
        mask: float32 `(height, width)` in `[0, 1]`, of the product.
        names: list of str.
        images: list of uint8 arrays of the photo's shape.
        scores: list of dicts of floats; `None` is what does not apply.
            `color_difference`: CIEDE2000 between asked and got, the median of
            the main colour's area. `structure`: structural similarity of the
            lightness within the mask. `similarity`: cosine of the features, of
            the lightness alone. `style_change`: mean distance from the photo
            in CIELAB. `pattern_similarity`: cosine of the features.
            `pattern_change`: `pattern_distance` from the photo.
            `pattern_found`: 1 where the judge sees the pattern that was asked
            for, else 0. `mask_confidence`: that of the found mask.
            `outside_changed`: pixels that differ beyond the mask and its edge.
        thresholds: `Thresholds`.
        parameters: dict of what the pictures depend on.
        origins: for each variant a dict, what `publishing.record` is told of
            it.
    """

    photo: np.ndarray
    mask: np.ndarray
    names: list
    images: list
    scores: list
    thresholds: Thresholds
    parameters: dict
    origins: list

    @property
    def failures(self):
        """For each variant the names of the scores that failed."""
        return [self.thresholds.failures(scores) for scores in self.scores]

    @property
    def passed(self):
        """Whether each variant is good enough."""
        return [not failed for failed in self.failures]

    def sheet(self, cell=224):
        """The photo and its variants with names and scores, uint8.

        Args:
            cell: int, side of the pictures on the sheet.
        """
        return draw_sheet(self, cell)

    def save(
        self,
        directory: str | os.PathLike,
        source: str | os.PathLike | None = None,
        producer="",
        label=True,
        overwrite=False,
    ):
        """Writes a PNG for each, `sheet.png`, and `manifest.json` at last.

        A folder whose manifest lists variants is whole: a write that was
        stopped leaves one without.

        Args:
            directory: folder to write to; made if there is none.
            source: optional path of the photo. Where that says that it was
                generated, so do its variants.
            producer: str, who answers for the pictures, for their records.
            label: bool, whether files say where they come from, inside and in
                a JSON beside each. Those of a photo that was generated do in
                any case.
            overwrite: bool, whether to write over the variants of another
                photo, over those that were changed since, and over other files.

        Raises:
            ValueError: if there are such files; nothing is written.
        """
        directory = pathlib.Path(directory)
        data = None if source is None else pathlib.Path(source).read_bytes()
        parents = [] if source is None else [parent_of(source)]
        about = {files.VERB: VERB, "source": parents[0] if parents else None}
        if not overwrite:
            check_source(directory, about["source"])
            check_free(directory, self.names)
        # Not whole: it has no variants yet.
        images.write_json(directory / MANIFEST, about)
        rows, words = [], set()
        for row, image, origin in zip(self._rows(), self.images, self.origins):
            path = directory / row["file"]
            labelling = Labelling(origin, producer, label)
            made = images.encode_png(image)
            labelling.write(
                path, made, data, {files.VERB: VERB}, row, parents=parents
            )
            words.add(labelling.source_type(data))
            rows.append({**row, "sha256": file_digest(path)})
        labelling = Labelling({"source_type": ENHANCED}, producer, label)
        labelling.write_sheet(directory / SHEET, self.sheet(), words)
        manifest = {
            **about,
            "size": list(self.photo.shape[:2]),
            "parameters": self.parameters,
            "label": {"producer": producer, "wanted": label},
            "variants": rows,
        }
        images.write_json(directory / MANIFEST, manifest)

    def _rows(self):
        """What the manifest says of each variant."""
        return [
            {
                "name": name,
                "file": f"{name}.png",
                "scores": scores,
                "failures": failed,
                "passed": not failed,
            }
            for name, scores, failed in zip(
                self.names, self.scores, self.failures
            )
        ]


def read_manifest(directory):
    """What was written there of variants, as a dict, or None."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text("utf-8"))
        return manifest if manifest.get(files.VERB) == VERB else None
    except (OSError, ValueError, AttributeError):
        return None


def check_free(directory, names):
    """Raises a `ValueError` where variants would replace what others made."""
    if read_manifest(directory) is None:
        for name in (MANIFEST, SHEET):
            if (directory / name).exists():
                raise ValueError(
                    f"Another {name} is there already; take another folder, "
                    f"or `overwrite` it. Received: {str(directory)!r}"
                )
    for name in names:
        files.check_free(directory / f"{name}.png", VERB, False)


def check_source(directory, source):
    """Raises a `ValueError` where the variants of another photo are."""
    manifest = read_manifest(directory)
    if manifest is not None and manifest.get("source") != source:
        former = (manifest.get("source") or {}).get("file", "another photo")
        raise ValueError(
            f"The variants of {former} are there already; take another "
            f"folder, or `overwrite` them. Received: {str(directory)!r}"
        )


def parent_of(path):
    """A photo as of a record."""
    return {"file": pathlib.Path(path).name, "sha256": file_digest(path)}
