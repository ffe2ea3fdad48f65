"""What somebody is shown."""

import dataclasses

import numpy as np

from keras_productgen.images import grid


@dataclasses.dataclass
class Recommendation:
    """New pictures, the best first.

    Args:
        images: uint8 array `(num_images, height, width, 3)`.
        conditions: dict of arrays, a row a picture: what was asked for.
        scores: float array `(num_images,)`, cosine to the taste; 0 where there
            is none.
        explored: bool array `(num_images,)`: those that have nothing to do with
            what was liked.
    """

    images: np.ndarray
    conditions: dict
    scores: np.ndarray
    explored: np.ndarray

    def sheet(self, columns=6, padding=2):
        """The pictures in rows, uint8 `(height, width, 3)`."""
        return grid(self.images, columns, padding)
