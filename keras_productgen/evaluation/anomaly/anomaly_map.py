import dataclasses

import cv2
import numpy as np

from keras_productgen import images

_OUTLINE = (255, 0, 0)


@dataclasses.dataclass(frozen=True)
class AnomalyMap:
    """Where, and how much, a picture differs from good ones.

    Args:
        image: uint8 array `(height, width, 3)`, the picture.
        map: float32 array `(height, width)`, the larger the stranger.
        score: float, of the picture: the largest value of the map.
        threshold: float, the score above which a picture is reported; None
            before `calibrate`.
    """

    image: np.ndarray
    map: np.ndarray
    score: float
    threshold: float | None

    @property
    def is_anomalous(self):
        """Whether the score is above the threshold."""
        self._check_threshold()
        return self.score > self.threshold

    @property
    def mask(self):
        """bool array `(height, width)`, the pixels above the threshold."""
        self._check_threshold()
        return self.map > self.threshold

    def overlay(self):
        """The picture with its map in colours, and what is found outlined.

        Half the threshold and below is left as it is; at the threshold and
        above the colour is full.

        Returns:
            uint8 array `(height, width, 3)`.
        """
        self._check_threshold()
        strength = np.clip(2.0 * self.map / self.threshold - 1.0, 0.0, 1.0)
        heat = cv2.applyColorMap(images.to_uint8(strength * 255.0),
                                 cv2.COLORMAP_INFERNO)[..., ::-1]  # fmt: skip
        weight = 0.6 * strength[..., None]
        shown = images.to_uint8(self.image * (1.0 - weight) + heat * weight)
        outlines, _ = cv2.findContours(
            self.mask.astype("uint8"), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
        )
        return cv2.drawContours(np.ascontiguousarray(shown), outlines, -1,
                                _OUTLINE, 1)  # fmt: skip

    def _check_threshold(self):
        if self.threshold is None:
            raise ValueError(
                "The detector must be calibrated on good pictures before it "
                "can tell what is anomalous. Received: threshold=None"
            )
