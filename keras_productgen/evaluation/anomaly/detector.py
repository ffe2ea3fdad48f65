"""What every detector of anomalies does the same way."""

import math

import cv2
import numpy as np

from keras_productgen import images as pictures
from keras_productgen.evaluation.anomaly.anomaly_map import AnomalyMap

BATCH = 32


class Detector:
    """Base class: fitted on good pictures, calibrated on others.

    A subclass says in `fit_images` what it learns and in `distances` how far
    from it a batch of pictures is.

    Args:
        smoothing: float, deviation in pixels of 128 of the blur of a map.
    """

    def __init__(self, smoothing):
        self.smoothing = smoothing
        self.image_shape = None
        self.threshold = None

    def fit(self, images):
        """Learns what good pictures look like; all must show one product line.

        Args:
            images: array `(num_images, height, width, 3)` of values 0-255, of
                good pictures only, at least 2.

        Returns:
            The detector.

        Raises:
            ValueError: if the shape does not fit, or values are plainly not
                0-255 or no numbers.
        """
        images = _checked(images, None)
        if len(images) < 2:
            raise ValueError(
                "`images` must be at least 2 good pictures. "
                f"Received: {len(images)}"
            )
        self.image_shape = images.shape[1:]
        self.threshold = None
        self.fit_images(images)
        return self

    def calibrate(self, images, false_alarms=0.01):
        """Sets the threshold by good pictures that `fit` has not seen.

        Of further good pictures like these a share of at most `false_alarms`
        is reported, on average (split conformal prediction).

        Args:
            images: array `(num_images, height, width, 3)`, at least
                `1 / false_alarms - 1` good pictures.
            false_alarms: float in (0, 1).

        Returns:
            The detector.

        Reference:
        - [Vovk et al., 2005](https://doi.org/10.1007/b106715)
        """
        if not 0.0 < false_alarms < 1.0:
            raise ValueError(
                "`false_alarms` must be in (0, 1). "
                f"Received: false_alarms={false_alarms}"
            )
        scores = np.sort(self.scores(images))
        # Tenths and hundredths are not exact in binary.
        rank = math.ceil(round((len(scores) + 1) * (1.0 - false_alarms), 9))
        if rank > len(scores):
            raise ValueError(
                f"A share of {false_alarms} needs at least "
                f"{math.ceil(round(1.0 / false_alarms, 9)) - 1} pictures. "
                f"Received: {len(scores)}"
            )
        self.threshold = float(scores[rank - 1])
        return self

    def maps(self, images):
        """Returns the maps of pictures, float32 `(num, height, width)`."""
        if self.image_shape is None:
            raise ValueError(
                "The detector must be fitted on good pictures first. "
                "Received: no call of `fit`"
            )
        images = _checked(images, self.image_shape)
        height, width = self.image_shape[:2]
        sigma = self.smoothing * max(height, width) / 128.0
        maps = np.empty(images.shape[:3], "float32")
        for start in range(0, len(images), BATCH):
            batch = self.distances(images[start : start + BATCH])
            _check_finite(batch)
            for place, distance in enumerate(batch, start):
                scaled = cv2.resize(
                    np.asarray(distance, "float32"), (width, height)
                )
                maps[place] = cv2.GaussianBlur(scaled, (0, 0), sigma)
        return maps

    def scores(self, images):
        """Returns the largest value of each picture's map, `(num_images,)`."""
        return self.maps(images).max((1, 2))

    def __call__(self, image):
        """Returns the `AnomalyMap` of one picture `(height, width, 3)`."""
        found = self.maps(np.asarray(image)[None])[0]
        return AnomalyMap(
            pictures.to_uint8(image),
            found,
            float(found.max()),
            self.threshold,
        )

    def fit_images(self, images):
        raise NotImplementedError

    def distances(self, images):
        """Distances `(batch, rows, columns)` of float32 pictures 0-255."""
        raise NotImplementedError


def _checked(images, image_shape):
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[-1] != 3 or 0 in images.shape:
        raise ValueError(
            "`images` must have the shape (num_images, height, width, 3), none "
            f"of them 0. Received: images.shape={images.shape}"
        )
    if image_shape is not None and images.shape[1:] != image_shape:
        raise ValueError(
            f"`images` must have the shape {image_shape} of those that the "
            f"detector was fitted on. Received: {images.shape[1:]}"
        )
    if images.dtype != np.uint8:
        _check_values(float(images.min()), float(images.max()))
    return images


def _check_values(lowest, highest):
    # Filters overshoot by less than half of the range. NaN is in no range.
    within = -127.5 <= lowest and highest <= 382.5
    if not within or 0.0 < highest <= 1.0:
        raise ValueError(
            "`images` must have values 0-255. "
            f"Received: values from {lowest:g} to {highest:g}"
        )


def _check_finite(distances):
    """A picture whose distance is no number would pass as a good one."""
    if not np.isfinite(distances).all():
        raise ValueError(
            "The distances from good pictures must be finite: has the model of "
            "the detector diverged? "
            f"Received: {np.size(distances) - np.isfinite(distances).sum()} "
            f"that are not, of {np.size(distances)}"
        )
