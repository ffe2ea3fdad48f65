"""Decoded pictures at their own size, and pieces cut out of them."""

import concurrent.futures
import os
import threading

import numpy as np

from keras_productgen import images
from keras_productgen.data.folder_scan import reason_of


class PatchSource:
    """Cuts pieces out of pictures, which it decodes once.

    Args:
        contents: `FolderContents`.
        side: int, of a piece.
        flip: bool, whether half of them are mirrored.
    """

    def __init__(self, contents, side, flip):
        self.report = contents.report()
        self.entries = contents.usable().entries
        self.shape = (side, side, 3)
        self.flip = flip
        self._pictures = {}
        self._pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
        self._lock = threading.Lock()

    def load(self, numbers, seed):
        """Returns uint8 pieces `(len(numbers), side, side, 3)`.

        Args:
            numbers: int array; what is left of one when it is divided by the
                number of pictures is the picture.
            seed: sequence of ints, of what is drawn.
        """
        indices = np.asarray(numbers) % len(self.entries)
        pictures = list(self._pool.map(self._picture, indices))
        generator = np.random.default_rng(seed)
        return np.stack([self._piece(p, generator) for p in pictures])

    def _piece(self, picture, generator):
        side = self.shape[0]
        top, left = (
            generator.integers(length - side + 1)
            for length in picture.shape[:2]
        )
        mirrored = generator.random() < 0.5
        piece = picture[top : top + side, left : left + side]
        return piece[:, ::-1] if mirrored and self.flip else piece

    def _picture(self, index):
        """The picture, or the next that can be decoded."""
        for step in range(len(self.entries)):
            place = int(index + step) % len(self.entries)
            if place not in self._pictures:
                self._pictures[place] = self._decoded(place)
            if self._pictures[place] is not None:
                return self._pictures[place]
        raise ValueError(
            "At least one picture must be decodable. Received: none in "
            f"{self.report.directory}; see the report"
        )

    def _decoded(self, place):
        entry = self.entries[place]
        try:
            # Sizes were looked at when the folder was opened.
            return images.load(entry.file, max_pixels=None)
        except (OSError, ValueError) as error:
            with self._lock:
                if place not in self._pictures:
                    self.report.skip(entry.path, reason_of(error))
            return None
