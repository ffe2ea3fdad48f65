"""What is kept of a picture to tell whether another is its copy."""

import cv2
import imagehash
import numpy as np
from PIL import Image

from keras_productgen import images

# Side of the picture that is compared, of its chroma, and of its colours.
SIDE, CHROMA_SIDE, COLOR_SIDE = 64, 16, 8
NUM_GREY, NUM_CHROMA = SIDE**2, 2 * CHROMA_SIDE**2
NUM_COLORS = 3 * COLOR_SIDE**2


def thumbnail(image):
    """The whole picture as uint8 `(64, 64, 3)`, its proportions given up."""
    return images.resize(image, SIDE, "stretch")


def hashes(small):
    """64-bit pHash and dHash of a thumbnail and of its mirror image.

    Args:
        small: uint8 array `(64, 64, 3)`.

    Returns:
        uint64 array of 4: pHash, dHash, and both of the mirror image.
    """
    picture = Image.fromarray(small)
    mirrored = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    bits = [
        function(view).hash.ravel()
        for view in (picture, mirrored)
        for function in (imagehash.phash, imagehash.dhash)
    ]
    return np.packbits(np.stack(bits), axis=1).view("uint64")[:, 0]


def shape_and_chroma(small):
    """Grey values, and the colour at a quarter of the size, in one row.

    Args:
        small: uint8 array `(64, 64, 3)`.

    Returns:
        uint8 array of `NUM_GREY + NUM_CHROMA`; `unpacked` undoes it.
    """
    planes = cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb)
    chroma = _reduced(planes[..., 1:], CHROMA_SIDE)
    return np.concatenate([planes[..., 0].ravel(), chroma.ravel()])


def unpacked(row):
    """Returns `(grey, chroma)` as float32 `(64, 64)` and `(16, 16, 2)`."""
    grey = row[:NUM_GREY].reshape(SIDE, SIDE).astype("float32")
    chroma = row[NUM_GREY:].reshape(CHROMA_SIDE, CHROMA_SIDE, 2)
    return grey, chroma.astype("float32")


def colors(small):
    """The picture at 8 x 8 pixels, as a uint8 row of `NUM_COLORS`."""
    return _reduced(small, COLOR_SIDE).ravel()


def directions(rows):
    """Colour rows as vectors of length 1, and those of the mirror images.

    The product of two of them is the correlation of the pictures, whatever
    their brightness and contrast.

    Args:
        rows: uint8 array `(n, NUM_COLORS)`.

    Returns:
        Two float32 arrays `(n, NUM_COLORS)`.
    """
    values = rows.astype("float32")
    values -= values.mean(1, keepdims=True)
    values /= np.linalg.norm(values, axis=1, keepdims=True) + 1e-6
    squares = values.reshape(-1, COLOR_SIDE, COLOR_SIDE, 3)
    return values, squares[:, :, ::-1].reshape(values.shape)


def _reduced(planes, side):
    return cv2.resize(planes, (side, side), interpolation=cv2.INTER_AREA)
