import cv2
import numpy as np

from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.geometry.tilt import estimate_tilt
from keras_productgen.editing.geometry.warp import warped
from keras_productgen.editing.pixels import with_matte


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
