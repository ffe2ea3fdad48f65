"""Whether one picture is a copy of another: aligned and compared closely."""

import dataclasses

import cv2
import numpy as np

from keras_productgen.data.cleaning.fingerprints import SIDE
from keras_productgen.data.cleaning.fingerprints import unpacked

# A crop of up to a tenth shows the rest larger by as much.
SCALES = np.linspace(0.88, 1.12, 7)
FINE_SCALES = (-0.04, -0.02, 0.0, 0.02, 0.04)
# Beside the middle that is searched for, so that it may lie elsewhere.
MARGIN = 8
# What is not alike at all after the coarse search is not looked at closely.
LEAST_LIKENESS = 0.6
LEAST_DETAIL = 0.6
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
    coarse = [_halved(planes[0]) for planes in (first, second)]
    scale, likeness, _ = _locate(*coarse, SCALES)
    if likeness < LEAST_LIKENESS:
        return NONE
    scales = [scale + step for step in FINE_SCALES]
    scale, _, corner = _locate(first[0], second[0], scales)
    greys = _overlaid(first[0], second[0], scale, corner)
    chromas = _overlaid(
        _enlarged(first[1]), _enlarged(second[1]), scale, corner
    )
    gain = float((greys[0].std() + 1e-3) / (greys[1].std() + 1e-3))
    return Likeness(
        _correlation(*(_band(grey, None, 2.0) for grey in greys)),
        _correlation(*(_band(grey, 1.0, 3.0) for grey in greys)),
        _patch_correlation(greys[0], greys[1] * gain),
        _chroma_difference(*chromas, gain),
        flipped,
    )


def _locate(first, second, scales):
    """Finds the middle of the second picture in the first one.

    Returns:
        `(scale, likeness, (left, top))` of the best match.
    """
    side = first.shape[0]
    best = (1.0, -2.0, (0, 0))
    for scale in scales:
        middle = _middle(second, scale)
        if middle.shape[0] > side:
            continue
        scores = cv2.matchTemplate(first, middle, cv2.TM_CCOEFF_NORMED)
        _, likeness, _, corner = cv2.minMaxLoc(scores)
        if likeness > best[1]:
            best = (scale, likeness, corner)
    return best


def _middle(plane, scale):
    margin = MARGIN * plane.shape[0] // SIDE
    middle = plane[margin:-margin, margin:-margin]
    side = round(middle.shape[0] * scale)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cv2.resize(middle, (side, side), interpolation=method)


def _overlaid(first, second, scale, corner):
    """The same part of both pictures, at the same size."""
    second = _middle(second, scale)
    left, top = corner
    side = second.shape[0]
    return first[top : top + side, left : left + side], second


def _halved(plane):
    return cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def _enlarged(chroma):
    return cv2.resize(chroma, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)


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
    count = plane.shape[0] // _PATCH
    side = count * _PATCH
    tiles = plane[:side, :side].reshape(count, _PATCH, count, _PATCH)
    tiles = tiles.swapaxes(1, 2).reshape(count**2, _PATCH**2)
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
