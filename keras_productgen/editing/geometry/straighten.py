import cv2
import numpy as np

from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.geometry.crop import product_box
from keras_productgen.editing.geometry.warp import warped
from keras_productgen.editing.pixels import matte_of
from keras_productgen.editing.pixels import with_matte
from keras_productgen.images.kinds import checked_picture

# The side at which mattes are compared, and how far they are turned.
SIDE, FARTHEST = 128, 30.0
# Products less symmetric than this are laid on the longest side of their hull,
# where that is so long a part of the whole.
SYMMETRIC, LONG = 0.85, 0.8
# A more symmetric position must be better by so much, for each degree.
PER_DEGREE = 0.001


def straighten(picture, matte=None, angle="auto", background=255):
    """Turns a picture so that its product stands upright.

    The canvas grows: nothing is cut off.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        matte: optional array of its height and width: bool, uint8 0-255 or
            floats in `[0, 1]`. Defaults to its alpha channel.
        angle: float, degrees counterclockwise; or `"auto"`, against
            `estimate_tilt` of the matte.
        background: what comes into the corners, a grey or an RGB tuple, 0-255;
            they are transparent where there is a matte.

    Returns:
        uint8 array of the kind of `picture`; RGBA where a matte is given. Not
        a bit changes at an angle of 0.

    Raises:
        ValueError: if an argument is none of these, or the angle is to be found
            and there is neither a matte nor an alpha channel.
    """
    picture = with_matte(picture, matte)
    if angle == "auto":
        if picture.ndim == 2 or picture.shape[-1] != 4:
            raise ValueError(
                "`matte` must be given for an `angle` of 'auto', or the "
                "picture be RGBA. Received: picture.shape="
                f"{picture.shape}, matte=None"
            )
        angle = -estimate_tilt(picture)
    angle = checked_number("angle", angle)
    height, width = picture.shape[:2]
    if angle % 360.0 == 0.0:
        return picture.copy()
    turn = np.deg2rad(angle)
    cos, sin = abs(np.cos(turn)), abs(np.sin(turn))
    # Rounding must not add a row to a right angle.
    size = (
        int(np.ceil(height * cos + width * sin - 1e-6)),
        int(np.ceil(width * cos + height * sin - 1e-6)),
    )
    middle = (width - 1) / 2, (height - 1) / 2
    matrix = np.vstack([cv2.getRotationMatrix2D(middle, angle, 1.0), [0, 0, 1]])
    matrix[0, 2] += (size[1] - width) / 2
    matrix[1, 2] += (size[0] - height) / 2
    return warped(picture, matrix, size, background)


def estimate_tilt(picture, matte=None):
    """How far the product is turned from upright.

    Products are mostly symmetric: the angle up to 30 degrees is looked for at
    which the matte is most like its mirror image. Others are laid on the
    longest side of their hull if it is nearly as long as they are, as a sole or
    a board is; where it is not, as with a pair of boots, nothing is known, and
    the tilt is 0.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        matte: as of `straighten`.

    Returns:
        float, degrees counterclockwise.

    Raises:
        ValueError: if the matte does not fit, or is empty.
    """
    picture = checked_picture(picture)
    top, left, bottom, right = product_box(picture, matte)
    part = matte_of(picture, matte)[top:bottom, left:right]
    scale = SIDE / max(part.shape)
    size = [max(1, round(side * scale)) for side in part.shape[::-1]]
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    solid = (np.pad(small, SIDE // 2) >= 128).astype("float32")
    angles = np.arange(-FARTHEST, FARTHEST + 1.0)
    scores = np.array([_symmetry(solid, angle) for angle in angles])
    if scores.max() < SYMMETRIC:
        return _tilt_of_hull(solid)
    best = angles[(scores - PER_DEGREE * abs(angles)).argmax()]
    fine = best + np.linspace(-1.0, 1.0, 9)
    scores = [_symmetry(solid, each) - PER_DEGREE * abs(each) for each in fine]
    return float(-fine[int(np.argmax(scores))])


def _symmetry(solid, angle):
    """Overlap with the mirror image after a turn, from 0 to 1."""
    rows, columns = np.nonzero(solid)
    middle = float(columns.mean()), float(rows.mean())
    matrix = cv2.getRotationMatrix2D(middle, angle, 1.0)
    # The mean comes to the middle of the columns, where the mirror stands.
    matrix[0, 2] += (solid.shape[1] - 1) / 2 - middle[0]
    turned = cv2.warpAffine(solid, matrix, solid.shape[::-1])
    mirrored = turned[:, ::-1]
    union = np.maximum(turned, mirrored).sum()
    return float(np.minimum(turned, mirrored).sum() / max(union, 1e-6))


def _tilt_of_hull(solid):
    """The slope of the longest side of the hull, to the nearest axis.

    0 where no side is long.
    """
    points = cv2.findNonZero(solid.astype("uint8"))
    hull = cv2.approxPolyDP(cv2.convexHull(points), 1.5, True)[:, 0]
    sides = np.roll(hull, -1, 0) - hull
    lengths = np.linalg.norm(sides, axis=1)
    _, radius = cv2.minEnclosingCircle(hull)
    if lengths.max() < LONG * 2.0 * radius:
        return 0.0
    x, y = sides[lengths.argmax()]
    tilt = -np.degrees(np.arctan2(y, x))
    return float((tilt + 45.0) % 90.0 - 45.0)
