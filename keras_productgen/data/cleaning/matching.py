"""Whether one picture is a copy of another: aligned and compared closely."""

import dataclasses

import cv2
import numpy as np

from keras_productgen.data.cleaning import alignment
from keras_productgen.data.cleaning.fingerprints import unpacked

LEAST_DETAIL = 0.6
# Between these a closer alignment is worth its time.
_DOUBTFUL = (0.4, 0.95)
# What was stretched until it agrees must agree by so much more.
_STRETCHED_DETAIL, _STRETCHED_BROAD, _STRETCHED_PATCHES = 0.03, 0.01, 0.01
_PATCH = 6
_TEXTURED = 4.0


@dataclasses.dataclass(frozen=True, slots=True)
class Likeness:
    """How far two pictures agree once one is laid over the other.

    Args:
        detail: Correlation of what is finer than about 4 of 64 pixels.
        broad: Correlation of what is between about 2 and 6 of 64 pixels, which
            the noise of a strong compression does not lower.
        patches: Median correlation of patches of a tenth of the side, which
            an overlay that hides a few of them does not lower.
        chroma: Difference in colour where it is largest, 0-255.
        flipped: Whether one of them is mirrored.
    """

    detail: float
    broad: float
    patches: float
    chroma: float
    flipped: bool = False

    def is_copy(self, thresholds):
        """Whether the two are the same picture."""
        if self.chroma > thresholds.chroma:
            return False
        if self.detail >= thresholds.detail or self.broad >= thresholds.broad:
            return True
        return (
            self.patches >= thresholds.patches and self.detail >= LEAST_DETAIL
        )


NONE = Likeness(-1.0, -1.0, -1.0, 255.0)


def compare(first, second, views=(False, True)):
    """Returns the best `Likeness` of two rows of `shape_and_chroma`.

    Args:
        first, second: uint8 rows.
        views: whether to try the second as it is (`False`), mirrored (`True`).
    """
    first, second = unpacked(first), unpacked(second)
    found = [_compare_view(first, second, flipped) for flipped in views]
    return max(found, key=lambda likeness: likeness.detail)


def _compare_view(first, second, flipped):
    if flipped:
        second = tuple(np.ascontiguousarray(p[:, ::-1]) for p in second)
    place = alignment.find(first[0], second[0])
    if place is None:
        return NONE
    found = _likeness(*alignment.laid_over(first, second, place), flipped)
    if _DOUBTFUL[0] < found.detail < _DOUBTFUL[1]:
        planes = alignment.stretched(first, second, place)
        if planes is not None:
            found = _better(found, _likeness(*planes, flipped))
    return found


def _likeness(greys, chromas, flipped):
    """`Likeness` of two pairs of planes that lie over each other."""
    gain = float((greys[0].std() + 1e-3) / (greys[1].std() + 1e-3))
    return Likeness(
        _correlation(*(_band(grey, None, 2.0) for grey in greys)),
        _correlation(*(_band(grey, 1.0, 3.0) for grey in greys)),
        _patch_correlation(greys[0], greys[1] * gain),
        _chroma_difference(*chromas, gain),
        flipped,
    )


def _better(found, stretched):
    return Likeness(
        max(found.detail, stretched.detail - _STRETCHED_DETAIL),
        max(found.broad, stretched.broad - _STRETCHED_BROAD),
        max(found.patches, stretched.patches - _STRETCHED_PATCHES),
        min(found.chroma, stretched.chroma),
        found.flipped,
    )


def _band(grey, finest, coarsest):
    """What is coarser than `finest` and finer than `coarsest`, as sigmas."""
    smooth = grey if finest is None else cv2.GaussianBlur(grey, (0, 0), finest)
    return smooth - cv2.GaussianBlur(grey, (0, 0), coarsest)


def _correlation(first, second):
    norm = np.sqrt((first**2).sum() * (second**2).sum())
    return float((first * second).sum() / (norm + 1e-6))


def _patch_correlation(first, second):
    first, second = _patches(first), _patches(second)
    textured = np.maximum(first.std(1), second.std(1)) > _TEXTURED
    # Too few patches with something in them cannot outvote an overlay.
    if textured.sum() < 6:
        return -1.0
    first, second = first[textured], second[textured]
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return float(np.median((first * second).sum(1) / (norms + 1e-6)))


def _patches(plane):
    rows, columns = (side // _PATCH for side in plane.shape)
    whole = plane[: rows * _PATCH, : columns * _PATCH]
    tiles = whole.reshape(rows, _PATCH, columns, _PATCH).swapaxes(1, 2)
    tiles = tiles.reshape(rows * columns, _PATCH**2)
    return tiles - tiles.mean(1, keepdims=True)


def _chroma_difference(first, second, gain):
    """The difference in the sixth of the picture where it is largest."""
    first, second = (
        cv2.resize(planes, (6, 6), interpolation=cv2.INTER_AREA) - 128
        for planes in (first, second)
    )
    # A picture made brighter in an editor may keep its chroma or scale it.
    differences = [
        np.sort(np.linalg.norm(first - second * factor, axis=-1).ravel())
        for factor in (1.0, gain)
    ]
    return float(min(values[-6:].mean() for values in differences))
