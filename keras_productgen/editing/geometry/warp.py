import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_background
from keras_productgen.editing.pixels import is_grey


def warped(picture, matrix, size, background):
    """A picture through a matrix of perspective, its matte along with it.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        matrix: float `(3, 3)`, from its places to the new ones, x before y.
        size: pair, height and width of the result.
        background: what lies beyond its border; transparent where it has an
            alpha channel.

    Returns:
        uint8 array of the kind of `picture`.
    """
    channels = 1 if is_grey(picture) else picture.shape[-1]
    values = checked_background(background, channels).astype("float64")
    if channels < 4:
        made = _through(picture, matrix, size, values)
        return made.reshape(*size, *picture.shape[2:])
    # Colours count as much as they cover: what is hidden does not bleed.
    alpha = picture[..., 3:].astype("float32") / np.float32(255.0)
    weighed = np.concatenate([picture[..., :3] * alpha, 255.0 * alpha], -1)
    made = _through(weighed.astype("float32"), matrix, size, np.zeros(4))
    # Both overshoot beside an edge, and alike: neither may be clipped before.
    colors = made[..., :3] / np.maximum(made[..., 3:] / 255.0, 1e-4)
    return images.to_uint8(np.concatenate([colors, made[..., 3:]], -1))


def _through(picture, matrix, size, background):
    return cv2.warpPerspective(
        np.ascontiguousarray(picture),
        matrix,
        tuple(size[::-1]),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=tuple(background),
    )
