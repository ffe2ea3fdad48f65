"""Decoded cut-outs and backgrounds, and pairs made of them."""

import numpy as np

from keras_productgen import images
from keras_productgen.data.folder_scan import reason_of
from keras_productgen.data.mattes import backgrounds
from keras_productgen.data.mattes import composing

# Share of made backgrounds where there are photos.
MADE = 0.15


class MatteSource:
    """Makes pictures whose mattes are known.

    Args:
        cutouts: `FolderContents` of pictures with transparency.
        photos: `FolderContents` of backgrounds, or None.
        size: int, side of the pictures.
        own_background: float, how often a product stays where it was.
        degradation: `Degradation` of the finished pictures, or None.
    """

    def __init__(self, cutouts, photos, size, own_background, degradation):
        self.report = cutouts.report()
        self.entries = cutouts.usable().entries
        self.photos = photos.usable().entries if photos else []
        self.size = size
        self.own_background = own_background
        self.degradation = degradation

    def load(self, numbers, seed):
        """Returns uint8 pictures and mattes `(len(numbers), size, size, ...)`.

        Args:
            numbers: int array, the cut-outs.
            seed: sequence of ints, of what is drawn.
        """
        made = [
            self._pair(number, np.random.default_rng((*seed, place)))
            for place, number in enumerate(numbers)
        ]
        pictures, mattes = zip(*made, strict=True)
        return _rounded(pictures), _rounded(mattes)[..., None]

    def _pair(self, number, generator):
        cutout = self._decoded(self.entries, number, images.load_rgba)
        if generator.random() < self.own_background:
            picture, alpha = composing.cropped(cutout, self.size, generator)
        else:
            colors, alpha = composing.placed(cutout, self.size, generator)
            behind = composing.shadowed(
                self._background(generator), alpha, generator
            )
            picture = colors + (1.0 - alpha[..., None]) * behind
        if self.degradation is not None:
            picture = self.degradation.degrade(
                picture.astype("float32"), generator
            )
        return picture, alpha * 255.0

    def _background(self, generator):
        if not self.photos or generator.random() < MADE:
            return backgrounds.made(self.size, generator)
        number = generator.integers(len(self.photos))
        photo = self._decoded(self.photos, number, images.load)
        return backgrounds.from_photo(photo, self.size, generator)

    def _decoded(self, entries, number, load):
        """The picture, or the next that can be decoded."""
        for step in range(len(entries)):
            entry = entries[int(number + step) % len(entries)]
            if entry.reason is not None:
                continue
            try:
                return load(entry.file, max_pixels=None)
            except (OSError, ValueError) as error:
                entry.reason = reason_of(error)
                self.report.skip(entry.path, entry.reason)
        raise ValueError(
            "At least one picture must be decodable. Received: none in "
            f"{self.report.directory}; see the report"
        )


def _rounded(pictures):
    return np.clip(np.rint(np.stack(pictures)), 0, 255).astype("uint8")
