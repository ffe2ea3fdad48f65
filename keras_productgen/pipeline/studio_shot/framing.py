"""The third stage: upright, in the middle of the frame, as large as asked."""

import dataclasses

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing import estimate_tilt
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.geometry.warp import warped
from keras_productgen.pipeline.studio_shot.matting import steepened
from keras_productgen.pipeline.studio_shot.restoring import name_of

# Tilts below are none, above they are how the product lies.
LEAST_TILT, MOST_TILT = 0.7, 20.0
FILL = 0.8
# From this enlargement on soft edges are narrowed again.
SOFT = 1.5


@dataclasses.dataclass(frozen=True)
class Frame:
    """The canvas that a marketplace asks for.

    Args:
        size: `(height, width)`.
        fill: float in `(0, 1]`, the longer side of the product's box as a share
            of that side of the frame.
    """

    size: tuple
    fill: float


def frame_of(rules, image_size):
    """Returns the `Frame` for the rules of a profile, a dict."""
    aspect = rules.get("aspect", {"least": 1.0, "most": 1.0})
    aspect = min(max(1.0, aspect["least"]), aspect["most"])
    long = image_size, round(image_size * min(aspect, 1.0 / aspect))
    size = long if aspect <= 1.0 else long[::-1]
    fill = rules.get("fill")
    if fill is None:
        return Frame(size, FILL)
    # Well within both ends, as `publishing.fix` does it.
    return Frame(size, fill["least"] + 0.25 * (fill["most"] - fill["least"]))


def check_straighten(straighten):
    """Raises a `ValueError` if it is no angle, bool or callable."""
    if straighten is not None and not callable(straighten):
        checked_number("straighten", straighten, -180.0, 180.0)
    return straighten


def straightened(cutout, straighten):
    """Returns `(cutout, angle, method)`: by what it is still to be turned.

    Args:
        cutout: uint8 array `(height, width, 4)`.
        straighten: True, by its matte; a float, degrees counterclockwise; a
            function of the cutout, which turns it itself; or None or False.
    """
    angle, method = 0.0, "left out"
    if callable(straighten):
        cutout = _checked(straighten(cutout.copy()))
        method = name_of(straighten)
    elif straighten is True:
        angle, method = -estimate_tilt(cutout), "by its matte"
        if not LEAST_TILT <= abs(angle) <= MOST_TILT:
            angle = 0.0
    elif straighten:
        angle, method = float(straighten), "as told"
    return cutout, angle, method


def framed(cutout, angle, frame):
    """Returns `(cutout, settings)`.

    Args:
        cutout: uint8 array `(height, width, 4)`.
        angle: float, degrees counterclockwise.
        frame: `Frame`.
    """
    made, scale = placed(cutout, angle, frame)
    settings = {
        "angle": round(angle, 2),
        "scale": round(scale, 4),
        "size": list(frame.size),
        "fill": round(frame.fill, 4),
    }
    return made, settings


def _checked(cutout):
    cutout = np.asarray(cutout)
    if cutout.dtype != np.uint8 or cutout.ndim != 3 or cutout.shape[-1] != 4:
        raise ValueError(
            "`straighten` must return a uint8 picture (height, width, 4). "
            f"Received: {cutout.dtype} {cutout.shape}"
        )
    return cutout


def placed(cutout, angle, frame):
    """Turns, scales and moves a cutout at once: its pixels are read once.

    Returns:
        `(cutout, scale)`.
    """
    scale = _placing(cutout, angle, frame)[1]
    if scale < 1.0:
        # What shrinks is smoothed first, else it would flicker.
        size = tuple(max(1, round(side * scale)) for side in cutout.shape[:2])
        small = images.resize(cutout, size, "stretch")
        matrix, _ = _placing(small, angle, frame)
        return warped(small, matrix, frame.size, 0), scale
    matrix, _ = _placing(cutout, angle, frame)
    made = warped(cutout, matrix, frame.size, 0)
    if scale > SOFT:
        # Edges are not to become softer than what they enclose.
        share = made[..., 3] / np.float32(255.0)
        made[..., 3] = steepened(share, scale / SOFT)
    return made, scale


def _placing(cutout, angle, frame):
    """`(matrix, scale)` that bring the product into the frame."""
    solid = (cutout[..., 3] >= 128).astype("uint8")
    points = cv2.findNonZero(solid)
    if points is None:
        raise ValueError(
            "The cutout must hold a product. Received: an alpha of at most "
            f"{cutout[..., 3].max()} of 255"
        )
    hull = cv2.convexHull(points)[:, 0].astype("float64")
    turn = cv2.getRotationMatrix2D((0.0, 0.0), angle, 1.0)[:, :2]
    corners = hull @ turn.T
    low, high = corners.min(0), corners.max(0)
    height, width = frame.size
    room = np.array([width, height]) * frame.fill
    scale = float((room / (high - low + 1.0)).min())
    middle = np.array([width - 1, height - 1]) / 2.0
    shift = middle - scale * (low + high) / 2.0
    if angle == 0.0 and scale == 1.0:
        # Whole pixels stay whole.
        shift = np.round(shift)
    matrix = np.eye(3)
    matrix[:2, :2], matrix[:2, 2] = scale * turn, shift
    return matrix, scale
