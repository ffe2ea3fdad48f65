import cv2
import numpy as np

from keras_productgen.editing.geometry.warp import warped
from keras_productgen.editing.pixels import with_matte
from keras_productgen.images.resizing import pair


def correct_perspective(
    picture, corners, size=None, matte=None, background=255
):
    """Shows a rectangle, seen at a slant, from the front.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        corners: four pairs of floats, row and column in the picture of the
            upper left, upper right, lower right and lower left corner. They
            may lie outside.
        size: optional int or `(height, width)` of the result. Defaults to the
            longer of opposite sides.
        matte: optional array of its height and width: bool, uint8 0-255 or
            floats in `[0, 1]`, which goes along.
        background: what lies beyond the picture, a grey or an RGB tuple, 0-255;
            transparent where there is a matte.

    Returns:
        uint8 array of the kind of `picture`; RGBA where a matte is given.

    Raises:
        ValueError: if an argument is none of these, or the corners make no
            convex shape in this order.
    """
    picture = with_matte(picture, matte)
    points = _checked_corners(corners)
    if size is None:
        sides = np.linalg.norm(np.roll(points, -1, 0) - points, axis=1)
        width, height = max(sides[0], sides[2]), max(sides[1], sides[3])
        # Corners are middles of pixels.
        size = round(float(height)) + 1, round(float(width)) + 1
    height, width = pair(size)
    target = np.float32(
        [[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]]
    )
    if min(height, width) < 2:
        raise ValueError(
            "`size` must be at least 2 on each side. "
            f"Received: size={(height, width)}"
        )
    matrix = cv2.getPerspectiveTransform(points, target)
    return warped(picture, matrix, (height, width), background)


def _checked_corners(corners):
    """float32 `(4, 2)`, x before y."""
    points = np.asarray(corners, "float32")
    if points.shape == (4, 2) and np.isfinite(points).all():
        points = np.ascontiguousarray(points[:, ::-1])
        sides = np.roll(points, -1, 0) - points
        after = np.roll(sides, -1, 0)
        # Clockwise, as rows grow downwards: all turns are to the right.
        turns = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
        if turns.min() > 1e-3:
            return points
    raise ValueError(
        "`corners` must be four pairs, rows and columns of the upper left, "
        "upper right, lower right and lower left corner of a convex shape. "
        f"Received: corners={corners!r}"
    )
