import cv2
import numpy as np

from keras_productgen.editing.pixels import colors_of
from keras_productgen.images.kinds import checked_picture
from keras_productgen.images.kinds import filled

# The answer to a step from black to white, by which it becomes 255.
_STEP = 4.0


def sobel_edges(picture):
    """How strong edges are, by Sobel's differences.

    The strongest of the channels counts, so that red on green of the same
    lightness is an edge, too.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size. The edge of
            transparency is none; what is hidden has none.

    Returns:
        uint8 `(height, width)`: 255 is a step from black to white.

    Raises:
        ValueError: if `picture` is no such array.
    """
    picture = checked_picture(picture)
    colors, seen = colors_of(picture), None
    if picture.ndim == 3 and picture.shape[-1] == 4:
        seen = picture[..., 3] > 0
        colors = filled(colors, picture[..., 3])
    strongest = np.zeros(colors.shape[:2], "uint8")
    for plane in cv2.split(colors):
        across = cv2.Sobel(plane, cv2.CV_32F, 1, 0)
        down = cv2.Sobel(plane, cv2.CV_32F, 0, 1)
        size = cv2.magnitude(across, down) / _STEP
        strength = np.clip(np.rint(size), 0, 255).astype("uint8")
        strongest = np.maximum(strongest, strength)
    return strongest if seen is None else np.where(seen, strongest, 0)
