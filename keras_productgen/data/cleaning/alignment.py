"""One small picture laid over another, as well as it goes."""

import cv2
import numpy as np

from keras_productgen.data.cleaning.fingerprints import SIDE

# A crop of up to a tenth shows the rest larger by as much.
SCALES = np.linspace(0.88, 1.12, 7)
FINE_SCALES = (-0.04, -0.02, 0.0, 0.02, 0.04)
# Beside the middle that is searched for, so that it may lie elsewhere.
MARGIN = 8
# What is not alike at all after the coarse search is not looked at closely.
LEAST_LIKENESS = 0.6
# How far a picture may be stretched, turned, and lengthened on one side.
_MOST_SCALE, _MOST_TURN, _MOST_RATIO = 1.25, 0.05, 1.18
_LEAST_SIDE = 36


def find(first, second):
    """Finds the middle of the second grey picture in the first one.

    Returns:
        `(scale, (left, top))` to whole pixels, `None` if nothing is alike.
    """
    scale, likeness, _ = _locate(_halved(first), _halved(second), SCALES)
    if likeness < LEAST_LIKENESS:
        return None
    scales = [scale + step for step in FINE_SCALES]
    scale, _, corner = _locate(first, second, scales)
    return scale, corner


def laid_over(first, second, place):
    """Cuts the same part out of both, where `find` has found it.

    Args:
        first, second: `(grey, chroma)`, float32 `(64, 64)`, `(16, 16, 2)`.
        place: What `find` returned.

    Returns:
        `(greys, chromas)`, a pair of planes each.
    """
    return tuple(
        _overlaid(*planes, *place)
        for planes in zip(_enlarged(first), _enlarged(second))
    )


def stretched(first, second, place):
    """As `laid_over`, to fractions of a pixel and for both sides apart.

    A crop of a picture that is not square changes its proportions here, and
    fine stripes do not agree where they are half a pixel off.

    Returns:
        `(greys, chromas)`, or `None` if they cannot be laid over each other.

    Reference:
    - [Evangelidis and Psarakis, 2008](https://doi.org/10.1109/TPAMI.2008.113)
    """
    scale, (left, top) = place
    side = _middle_side(scale)
    searched = np.zeros((SIDE, SIDE), "uint8")
    searched[top : top + side, left : left + side] = 255
    try:
        _, matrix = cv2.findTransformECC(
            first[0],
            second[0],
            _matrix(side, left, top),
            cv2.MOTION_AFFINE,
            (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 20, 1e-4),
            searched,
            3,
        )
    except cv2.error:
        # It says so where it does not converge.
        return None
    part = _common_part(matrix) if _is_crop(matrix) else None
    if part is None:
        return None
    planes = zip(_enlarged(first), _enlarged(second))
    return tuple((a[part], _warped(b, matrix)[part]) for a, b in planes)


def _locate(first, second, scales):
    """Returns `(scale, likeness, (left, top))` of the best match."""
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
    """The same part of both planes, at the same size."""
    second = _middle(second, scale)
    left, top = corner
    side = second.shape[0]
    return first[top : top + side, left : left + side], second


def _middle_side(scale):
    return round((SIDE - 2 * MARGIN) * scale)


def _matrix(side, left, top):
    """From places in the first picture to those in the second one."""
    factor = (SIDE - 2 * MARGIN) / side
    # Pixels lie at the middle of their squares.
    shift = MARGIN + 0.5 * factor - 0.5
    return np.float32(
        [
            [factor, 0.0, shift - left * factor],
            [0.0, factor, shift - top * factor],
        ]
    )


def _is_crop(matrix):
    """Whether a transform is hardly more than scaling and shifting."""
    width, height = np.linalg.norm(matrix[:, :2], axis=0)
    turn = max(abs(matrix[0, 1]), abs(matrix[1, 0]))
    return (
        1 / _MOST_SCALE < min(width, height)
        and max(width, height) < _MOST_SCALE
        and max(width / height, height / width) < _MOST_RATIO
        and turn < _MOST_TURN
    )


def _common_part(matrix):
    """Slices of the first picture that the second one covers, or `None`."""
    back = cv2.invertAffineTransform(matrix)
    margin = MARGIN / 2
    ends = np.float32([[margin, SIDE - margin]] * 2)
    ends = back[:, :2] @ ends + back[:, 2:]
    low = np.ceil(np.maximum(ends[:, 0], 1.0)).astype(int)
    high = np.floor(np.minimum(ends[:, 1], SIDE - 1.0)).astype(int)
    if min(high - low) < _LEAST_SIDE:
        return None
    return np.s_[low[1] : high[1], low[0] : high[0]]


def _warped(plane, matrix):
    method = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(
        plane, matrix, (SIDE, SIDE), flags=method, borderMode=cv2.BORDER_REFLECT
    )


def _halved(plane):
    return cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def _enlarged(planes):
    """`(grey, chroma)` at one size."""
    grey, chroma = planes
    size = (SIDE, SIDE)
    return grey, cv2.resize(chroma, size, interpolation=cv2.INTER_LINEAR)
