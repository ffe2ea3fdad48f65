"""Decoded pairs of pictures by their number."""

import cv2
import numpy as np


class PairSource:
    """Loads batches of pairs, both pictures of a pair in one array.

    Args:
        sources: `PictureSource`.
        targets: another, of as many pictures.
        source_channels: 1 or 3.
    """

    def __init__(self, sources, targets, source_channels):
        self.sources = sources
        self.targets = targets
        self.source_channels = source_channels
        self.entries = sources.entries
        height, width, channels = targets.shape
        self.shape = (height, width, source_channels + channels)

    def load(self, indices):
        """Returns `(pairs, indices)`, uint8 and int64, as `PictureSource`.

        Where one picture of a pair fails, the next pair stands in for both.
        """
        # Each turn finds at least one file that fails, so this ends.
        for _ in range(2 * len(self.entries) + 1):
            sources, used = self.sources.load(indices)
            targets, indices = self.targets.load(used)
            if np.array_equal(used, indices):
                sources = with_channels(sources, self.source_channels)
                return np.concatenate([sources, targets], -1), indices
        raise ValueError(
            "At least one pair must be decodable. Received: none in "
            f"{self.sources.report.directory}; see the report"
        )

    def split(self, pairs):
        """Returns the sources and the targets of what `load` returned."""
        channels = self.source_channels
        return pairs[..., :channels], pairs[..., channels:]


def with_channels(images, channels):
    """Returns uint8 RGB pictures `(..., 3)`, or their luma for 1 channel."""
    if channels == 3:
        return images
    *outer, width, _ = images.shape
    rows = images.reshape(-1, width, 3)
    return cv2.cvtColor(rows, cv2.COLOR_RGB2GRAY).reshape(*outer, width, 1)
