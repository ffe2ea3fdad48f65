"""What the gate's own scores look at."""

import dataclasses
import functools

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen import metrics
from keras_productgen.editing.pixels import colors_of
from keras_productgen.images.kinds import checked_picture
from keras_productgen.metrics.learned_quality import load_quality_network
from keras_productgen.pipeline.quality_gate import separation

# Damages are looked for in a window of this side, where most detail is: a
# whole picture takes long, and backdrops say nothing.
WINDOW = 256


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A photo on its way to a shop, and what is known of it.

    Args:
        photo: uint8 array `(height, width, 3)`, before its own backdrop.
        matte: optional uint8 array `(height, width)`, the product.
        confidence: optional float in `[0, 1]`, of the matte.
        finish: optional function without arguments that returns the
            `publishing.Fixed` of the finished picture.
    """

    photo: np.ndarray
    matte: np.ndarray | None = None
    confidence: float | None = None
    finish: object = None

    @functools.cached_property
    def window(self):
        """The part of the photo with the most detail, its own pixels."""
        return self.photo[_busiest(self.photo, self.matte)]

    @functools.cached_property
    def quality(self):
        """`metrics.Quality` of the window, floats."""
        found = metrics.learned_quality(self.window[None], network=_compiled)
        return type(found)(*(float(np.asarray(part)[0]) for part in found))

    @functools.cached_property
    def separation(self):
        """`separation.Separation`; None without a matte."""
        if self.matte is None:
            return None
        return separation.look_at(self.photo, self.matte)

    @functools.cached_property
    def fixed(self):
        """The `publishing.Fixed`, made once; None where none can be."""
        return None if self.finish is None else self.finish()


def as_candidate(made):
    """The `Candidate` itself, or that of a picture of any kind."""
    if isinstance(made, Candidate):
        return made
    picture = checked_picture(made)
    has_matte = picture.ndim == 3 and picture.shape[-1] == 4
    matte = picture[..., 3] if has_matte else None
    return Candidate(colors_of(picture), matte)


def _compiled(pictures, training):
    """The network's strengths, by its compiled step: a third of the time."""
    return load_quality_network().predict_on_batch(pictures)


def _busiest(photo, matte):
    """Slices of the window with the steepest slopes within the matte."""
    sides = [min(side, WINDOW) for side in photo.shape[:2]]
    if tuple(sides) == photo.shape[:2]:
        return slice(None), slice(None)
    factor = max(1, min(photo.shape[:2]) // 128)
    size = [max(1, side // factor) for side in photo.shape[1::-1]]
    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype("float32")
    across, down = (cv2.Sobel(grey, -1, *way) for way in ((1, 0), (0, 1)))
    detail = cv2.magnitude(across, down)
    if matte is not None:
        detail *= cv2.resize(matte, size, interpolation=cv2.INTER_AREA) > 127
    reach = tuple(max(1, side // factor) for side in sides[::-1])
    detail = cv2.blur(detail, reach, borderType=cv2.BORDER_CONSTANT)
    row, column = np.unravel_index(detail.argmax(), detail.shape)
    return tuple(
        _around(place * factor, side, whole)
        for place, side, whole in zip((row, column), sides, photo.shape)
    )


def _around(place, side, whole):
    start = int(np.clip(place - side // 2, 0, whole - side))
    return slice(start, start + side)


def small_of(picture):
    """A picture no larger than the window, for what needs no detail."""
    side = max(picture.shape[:2])
    if side <= WINDOW:
        return picture
    size = tuple(
        max(1, round(edge * WINDOW / side)) for edge in picture.shape[:2]
    )
    return images.resize(picture, size, "stretch")
