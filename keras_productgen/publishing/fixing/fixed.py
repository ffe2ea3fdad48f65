"""What mending a picture has come to."""

import dataclasses
import os
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen.editing import Proof
from keras_productgen.publishing.fixing.encoding import SUFFIXES
from keras_productgen.publishing.report import Report


@dataclasses.dataclass(frozen=True)
class Step:
    """One thing that was done.

    Args:
        name: str, such as `"background"`.
        settings: dict of plain values, what it was done with.
        resampled: bool, whether the product's pixels were computed anew.
    """

    name: str
    settings: dict
    resampled: bool = False

    def to_dict(self):
        return dataclasses.asdict(self)

    def __str__(self):
        settings = ", ".join(f"{k} {v}" for k, v in self.settings.items())
        return f"{self.name}: {settings}" if settings else self.name


@dataclasses.dataclass(frozen=True)
class Fixed:
    """A mended picture, what was done, and what could not be.

    Args:
        image: uint8 array, before it was encoded.
        mask: optional float32 array `(height, width)` in `[0, 1]`: the product.
        done: list of `Step`.
        not_mended: list of `Finding`, what still fails or warns, and what would
            mend it.
        proof: optional `editing.Proof` that background, crop and canvas left
            the pixels identical that are wholly product. None where no product
            was known, and nothing of that was done. Scaling and the loss of
            JPEG come after it: `resampled` and `file_type` tell.
        before: `Report` of the picture that came.
        after: `Report` of the file that was made.
        data: optional bytes of that file. None where nothing was made, and
            `after` is `before`.
        file_type: optional str, its type, as Pillow calls it.
    """

    image: np.ndarray
    mask: np.ndarray | None
    done: list
    not_mended: list
    proof: Proof | None
    before: Report
    after: Report
    data: bytes | None
    file_type: str | None

    @property
    def passed(self):
        """Whether no rule fails any more."""
        return self.after.passed

    @property
    def resampled(self):
        """Whether the product was scaled."""
        return any(step.resampled for step in self.done)

    @property
    def suffix(self):
        """How the name of the file ends, such as `".jpg"`."""
        return SUFFIXES[self.file_type]

    def save(self, path: str | os.PathLike):
        """Writes the file; the ending of `path` becomes that of its type.

        Returns:
            `pathlib.Path` of the file.

        Raises:
            ValueError: if nothing was made.
        """
        if self.data is None:
            raise ValueError(
                "There must be a mended picture. Received: one of which "
                "nothing can be seen"
            )
        path = pathlib.Path(path).with_suffix(self.suffix)
        images.write_bytes(path, self.data)
        return path

    def to_dict(self):
        """All of it but the pictures, as JSON can hold it."""
        return {
            "passed": self.passed,
            "resampled": self.resampled,
            "done": [step.to_dict() for step in self.done],
            "not_mended": [found.to_dict() for found in self.not_mended],
            "proof": None if self.proof is None else self.proof.to_dict(),
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
        }

    def __str__(self):
        lines = [f"done: {step}" for step in self.done]
        lines += [
            f"not mended: {found.rule}, {found.measured}. {found.mend}"
            for found in self.not_mended
        ]
        proof = "no product was known" if self.proof is None else self.proof
        return "\n".join([*lines, f"proof: {proof}"])


def nothing_made(before):
    """The `Fixed` of a picture of which nothing can be seen.

    A plain white file would hide what is wrong with it.

    Args:
        before: `Report` of the picture that came.
    """
    return Fixed(
        image=before.subject.colors,
        mask=None,
        done=[],
        not_mended=before.failed + before.warnings,
        proof=None,
        before=before,
        after=before,
        data=None,
        file_type=None,
    )
