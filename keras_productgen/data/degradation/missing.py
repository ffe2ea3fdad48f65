"""What is gone: scratches, pieces, and free-form masks to train with."""

import cv2
import numpy as np

from keras_productgen.data.degradation.base import Degradation
from keras_productgen.data.degradation.base import checked_range
from keras_productgen.data.degradation.base import drawn


class Scratches(Degradation):
    """Thin bent lines over the picture, lighter or darker than all of it.

    Args:
        count: int or pair, how many.
        width: float or pair, of a line, in pixels, at least 1.

    Raises:
        ValueError: if one is too small.
    """

    def __init__(self, count=(1, 6), width=(1.0, 2.0)):
        self.count = checked_range("count", count, 0)
        self.width = checked_range("width", width, 1.0)

    def degrade(self, image, generator):
        image = image.copy()
        for _ in range(round(drawn(self.count, generator))):
            width = round(drawn(self.width, generator))
            drawing = np.zeros(image.shape[:2], "float32")
            _draw_stroke(drawing, generator, width, 0.15)
            level = generator.choice([20.0, 235.0]) + generator.uniform(-20, 20)
            image += drawing[..., None] * (np.float32(level) - image)
        return image


class MissingPieces(Degradation):
    """Fills free-form pieces with one grey.

    Args:
        share: float or pair in [0, 1), about how much of the picture is gone.
        value: float, the grey in its place, 0-255.

    Raises:
        ValueError: if a setting is out of its range.
    """

    def __init__(self, share=(0.05, 0.3), value=128.0):
        self.share = checked_range("share", share, 0.0, 0.9)
        self.value = checked_range("value", value, 0.0, 255.0)

    def degrade(self, image, generator):
        share = drawn(self.share, generator)
        mask = free_form_mask(image.shape[:2], share, generator)
        return np.where(mask, np.float32(self.value), image)


def free_form_mask(size, share, generator):
    """Draws strokes until about `share` of a picture is covered.

    Args:
        size: pair `(height, width)`.
        share: float in [0, 1), at least how much is covered, where it is not 0.
            A stroke may cover a little more.
        generator: `numpy.random.Generator` to draw from.

    Returns:
        bool array `(height, width, 1)`, true where pixels are missing.

    Reference:
    - [Yu et al., 2019](https://arxiv.org/abs/1806.03589), appendix, algorithm 1
    """
    mask = np.zeros(size, "float32")
    side = min(size)
    while mask.mean() < share:
        width = generator.uniform(0.04, 0.16) * side
        _draw_stroke(mask, generator, max(1, round(width)), 0.3)
    return mask[..., None] > 0.5


def _draw_stroke(drawing, generator, width, step):
    """A chain of lines with round joints, of values 1, each `step` sides long.

    Strokes turn back and forth, as a hand draws.
    """
    height, columns = drawing.shape
    point = generator.uniform(0.0, 1.0, 2) * (columns, height)
    angle = generator.uniform(0.0, 2.0 * np.pi)
    for turn in range(generator.integers(2, 7)):
        angle += generator.uniform(0.2, 1.2) * (-1) ** turn
        length = generator.uniform(0.3, 1.0) * step * min(drawing.shape)
        end = point + length * np.array([np.cos(angle), np.sin(angle)])
        ends = [tuple(int(round(x)) for x in place) for place in (point, end)]
        cv2.line(drawing, *ends, 1.0, width)
        if width > 2:
            cv2.circle(drawing, ends[1], width // 2, 1.0, cv2.FILLED)
        point = end
