"""The frames of a turn, and their files."""

import dataclasses
import os
import pathlib

import numpy as np

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.editing.checks import checked_number
from keras_productgen.pipeline.turntable import films
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance.inside import with_label

FACTS = "frames.json"


@dataclasses.dataclass(frozen=True)
class Frames:
    """A product from several angles.

    Args:
        frames: uint8 `(n, height, width, 3)`.
        angles: float64 `(n,)`, degrees.
        method: str, how they came about.
        similarity: float64 `(n,)`, cosines between the features of each frame
            and those of the first.
        least_similarity: float, what counts as the same product.
        left_out: dict from names of pictures to why they are no frames.
        record: optional `publishing.Record`, where they come from.
    """

    frames: np.ndarray
    angles: np.ndarray
    method: str
    similarity: np.ndarray
    least_similarity: float
    left_out: dict = dataclasses.field(default_factory=dict)
    record: publishing.Record | None = None

    def __len__(self):
        return len(self.frames)

    @property
    def same_product(self):
        """Whether every frame is like enough to the first."""
        return bool((self.similarity >= self.least_similarity).all())

    def report(self):
        """All but the pictures, as JSON can hold it."""
        verdict = "same product" if self.same_product else "product changes"
        return {
            "verdict": verdict,
            "method": self.method,
            "frames": len(self),
            "size": list(self.frames.shape[1:3]),
            "angles": [round(float(angle), 3) for angle in self.angles],
            "similarity": [round(float(c), 4) for c in self.similarity],
            "least_similarity": self.least_similarity,
            "left_out": self.left_out,
        }

    def sheet(self, columns=None):
        """All frames side by side, uint8."""
        return images.grid(self.frames, columns)

    def save(self, path: str | os.PathLike, frames_per_second=12.0):
        """Writes the turn as a file, or as a folder of PNGs.

        Where it comes from stands beside a film, as `shoe.mp4.json`, or in
        `frames.json`; and inside of every file.

        Args:
            path: file that ends in `.gif`, `.webp` or `.mp4`; or a folder,
                without an ending, for `000.png` and so on and `frames.json`.
                A file appears whole or not at all; of a folder `frames.json`
                comes last.
            frames_per_second: float in `[0.1, 60]`.

        Raises:
            ValueError: if the ending is another, or the folder holds other
                files.
        """
        path = pathlib.Path(path)
        speed = checked_number("frames_per_second", frames_per_second, 0.1, 60)
        ending = path.suffix.lower()
        if ending in films.WRITERS:
            self._save_film(path, films.WRITERS[ending](self.frames, speed))
        elif ending:
            raise ValueError(
                f"`path` must end in one of {tuple(films.WRITERS)}, or be a "
                f"folder. Received: path={str(path)!r}"
            )
        else:
            self._save_folder(path)

    def _save_film(self, path, data):
        if self.record is not None:
            kind = path.suffix[1:].upper()
            data = with_label(data, kind, self.record)
            beside = sidecar.of_file(path, data, self.record, self.report())
            sidecar.write_sidecar(path, beside)
        images.write_bytes(path, data)

    def _save_folder(self, folder):
        names = [f"{number:03d}.png" for number in range(len(self))]
        present = {p.name for p in folder.iterdir()} if folder.is_dir() else ()
        others = sorted({*present} - {*names, FACTS})
        if others:
            raise ValueError(
                "The folder must be new, or hold nothing but such frames. "
                f"Received: {others[0]} in {str(folder)!r}"
            )
        (folder / FACTS).unlink(missing_ok=True)
        for name, frame in zip(names, self.frames):
            data = images.encode_png(frame)
            if self.record is not None:
                data = with_label(data, "PNG", self.record)
            images.write_bytes(folder / name, data)
        facts = self.report()
        if self.record is not None:
            facts |= {"id": self.record.id, "record": self.record.to_dict()}
        images.write_json(folder / FACTS, facts)
