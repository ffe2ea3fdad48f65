"""What may stand behind a product."""

import cv2
import numpy as np

LEAST_SHARE = 0.4
# Share of photos that are out of focus, as what lies behind a product is.
BLURRED = 0.3


def from_photo(photo, size, generator):
    """Cuts a piece out of a photo, mirrored or not, sharp or not.

    Args:
        photo: uint8 array `(height, width, 3)`.
        size: int, side of the result.
        generator: `numpy.random.Generator`.

    Returns:
        float32 array `(size, size, 3)`, 0-255.
    """
    side = min(photo.shape[:2])
    side = max(1, round(side * generator.uniform(LEAST_SHARE, 1.0)))
    top, left = (
        generator.integers(length - side + 1) for length in photo.shape[:2]
    )
    piece = photo[top : top + side, left : left + side]
    piece = cv2.resize(piece, (size, size), interpolation=cv2.INTER_AREA)
    piece = np.rot90(piece, generator.integers(4))
    piece = piece[:, ::-1] if generator.random() < 0.5 else piece
    piece = np.ascontiguousarray(piece, "float32")
    if generator.random() < BLURRED:
        sigma = generator.uniform(0.005, 0.03) * size
        piece = cv2.GaussianBlur(piece, (0, 0), sigma)
    return piece


def made(size, generator):
    """A wall, a cloth or a carpet: a gradient, and noise on several scales.

    Args:
        size: int, side of the result.
        generator: `numpy.random.Generator`.

    Returns:
        float32 array `(size, size, 3)`, 0-255.
    """
    first, second = generator.uniform(0.0, 255.0, (2, 3))
    second = first + (second - first) * generator.uniform(0.0, 0.5)
    angle = generator.uniform(0.0, 2.0 * np.pi)
    y, x = np.mgrid[-0.5 : 0.5 : size * 1j, -0.5 : 0.5 : size * 1j]
    way = 0.5 + 0.7 * (np.cos(angle) * x + np.sin(angle) * y)
    picture = first + (second - first) * way[..., None]
    strength = generator.choice([0.0, 0.0, 8.0, 25.0, 50.0])
    for cells in (4, 16, 64):
        picture += strength * _noise(size, cells, generator) / np.sqrt(cells)
    return np.clip(picture, 0.0, 255.0).astype("float32")


def _noise(size, cells, generator):
    rows, columns = np.maximum(1, generator.integers(cells // 2, cells, 2))
    colors = 3 if generator.random() < 0.3 else 1
    values = generator.normal(0.0, 2.0, (rows, columns, colors))
    enlarged = cv2.resize(values, (size, size), interpolation=cv2.INTER_CUBIC)
    return enlarged.reshape(size, size, colors)
