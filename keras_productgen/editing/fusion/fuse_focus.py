import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.fusion import align as aligning

# Below that side pictures are so coarse that focus makes no difference.
COARSEST = 16
# Over so many pixels detail is compared, at each scale.
WINDOW = 1.5


def fuse_focus(pictures, align=None):
    """One sharp picture of several in which other parts are in focus.

    At each scale of a Laplacian pyramid the picture with the most detail around
    a pixel counts; the coarsest scale is the mean of all.

    Args:
        pictures: uint8 arrays of one size, grey, RGB or RGBA, at least two.
            Transparency is left out.
        align: optional str, `"ecc"` or `"features"`: how pictures are brought
            onto the first before. Defaults to not at all.

    Returns:
        uint8 `(height, width, 3)`.

    Raises:
        ValueError: if an argument is none of these, or they cannot be aligned.

    Reference:
    - [Burt and Kolczynski, 1993](https://doi.org/10.1109/ICCV.1993.378222)
    """
    pictures = aligning.checked_pictures(pictures)
    if align is not None:
        pictures = aligning.align(pictures, align)
    best, most, coarsest = None, None, 0.0
    for picture in pictures:
        *details, coarse = _pyramid(picture)
        coarsest = coarsest + coarse / len(pictures)
        energies = [_energy(detail) for detail in details]
        if best is None:
            best, most = details, energies
            continue
        for level, energy in enumerate(energies):
            more = energy > most[level]
            best[level] = np.where(more[..., None], details[level], best[level])
            most[level] = np.maximum(energy, most[level])
    return images.to_uint8(_from_pyramid([*best, coarsest]))


def _pyramid(picture):
    """Details from fine to coarse, and what is left, float32."""
    levels, picture = [], picture.astype("float32")
    while min(picture.shape[:2]) >= 2 * COARSEST:
        smaller = cv2.pyrDown(picture)
        levels.append(picture - _enlarged(smaller, picture))
        picture = smaller
    return [*levels, picture]


def _from_pyramid(levels):
    *details, picture = levels
    for detail in reversed(details):
        picture = detail + _enlarged(picture, detail)
    return picture


def _enlarged(picture, like):
    return cv2.pyrUp(picture, dstsize=like.shape[1::-1])


def _energy(detail):
    squared = (detail**2).sum(-1)
    return cv2.GaussianBlur(squared, (0, 0), WINDOW)
