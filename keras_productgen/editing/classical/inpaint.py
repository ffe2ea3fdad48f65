import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.classical import methods

# How far around a pixel is looked at, in pixels.
RADIUS = 5


def inpaint(picture, mask, method="telea"):
    """Fills what is missing from its surroundings.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        mask: array `(height, width)` of bool, or of numbers that are 0 where
            the picture is to be kept. All else is kept bit by bit.
        method: str. `"telea"` goes inwards, weighing what is known around
            (`cv2.INPAINT_TELEA`); `"navier-stokes"` goes on with lines of
            equal lightness (`cv2.INPAINT_NS`).

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Telea, 2004](https://doi.org/10.1080/10867651.2004.10487596)
    - [Bertalmio et al., 2001](https://doi.org/10.1109/CVPR.2001.990497)
    """
    picture = np.asarray(picture)
    mask = np.asarray(mask)
    if mask.ndim == 3 and mask.shape[-1] == 1:
        mask = mask[..., 0]
    if mask.shape != picture.shape[:2]:
        raise ValueError(
            "`mask` must have the height and width of the picture, "
            f"{picture.shape[:2]}. Received: mask.shape={mask.shape}"
        )
    missing = mask != 0
    function = methods.chosen(method, METHODS)
    made = images.through_colors(
        lambda colors: function(colors, missing), picture
    )
    kept = missing if picture.ndim == 2 else missing[..., None]
    return np.where(kept, made, picture)


def telea(colors, missing):
    return _filled(colors, missing, cv2.INPAINT_TELEA)


def navier_stokes(colors, missing):
    return _filled(colors, missing, cv2.INPAINT_NS)


def _filled(colors, missing, flag):
    # Nothing is known where all is missing.
    if missing.all():
        return np.full_like(colors, 128)
    levels = methods.as_levels(colors)
    margins = ((1, 1), (1, 1))
    # OpenCV leaves missing pixels of the border as they are.
    mask = np.pad(missing.astype("uint8"), margins, "edge")
    levels = np.pad(levels, (*margins, (0, 0)), "edge")
    return cv2.inpaint(levels, mask, RADIUS, flag)[1:-1, 1:-1]


METHODS = {"telea": telea, "navier-stokes": navier_stokes}
