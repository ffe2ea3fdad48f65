"""The variants of one photo, and what was found of them."""

import dataclasses
import hashlib
import json
import os
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen.pipeline.variants.scores import Thresholds
from keras_productgen.pipeline.variants.sheet import draw_sheet

MANIFEST = "manifest.json"
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
            the lightness alone. `pattern_similarity`: cosine of the features.
            `mask_confidence`: that of the found mask. `outside_changed`: pixels
            that differ beyond the mask and its edge.
        thresholds: `Thresholds`.
        parameters: dict of what the pictures depend on.
    """

    photo: np.ndarray
    mask: np.ndarray
    names: list
    images: list
    scores: list
    thresholds: Thresholds
    parameters: dict

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

    def save(self, directory: str | os.PathLike, source=None):
        """Writes a PNG for each, `sheet.png`, and `manifest.json` at last.

        A folder with a manifest is whole: a write that was stopped leaves none.

        Args:
            directory: folder to write to; made if there is none.
            source: optional dict about the photo, for the manifest.
        """
        directory = pathlib.Path(directory)
        (directory / MANIFEST).unlink(missing_ok=True)
        rows = []
        for name, image, scores, failed in zip(
            self.names, self.images, self.scores, self.failures
        ):
            data = images.encode_png(image)
            file = f"{name}.png"
            images.write_bytes(directory / file, data)
            digest = hashlib.sha256(data).hexdigest()
            rows.append(
                {
                    "name": name,
                    "file": file,
                    "sha256": digest,
                    "scores": scores,
                    "failures": failed,
                    "passed": not failed,
                }
            )
        images.save(directory / SHEET, self.sheet())
        manifest = {
            "source": source,
            "size": list(self.photo.shape[:2]),
            "parameters": self.parameters,
            "variants": rows,
        }
        text = json.dumps(manifest, indent=1, ensure_ascii=False)
        images.write_bytes(directory / MANIFEST, text.encode())
