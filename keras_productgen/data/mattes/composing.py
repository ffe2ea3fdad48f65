"""One picture out of a cut-out product and a background."""

import cv2
import numpy as np

# Longer side of a product in the frame, as a share of the side of that. Above
# 1 it is cut off.
SHARES = (0.35, 1.1)
# How much of a photo remains where it keeps its own background.
LEAST_CROP = 0.6


def placed(cutout, size, generator):
    """Turns, mirrors, scales and shifts a product into a square frame.

    Args:
        cutout: uint8 RGBA array `(height, width, 4)`.
        size: int, side of the frame.
        generator: `numpy.random.Generator`.

    Returns:
        `(colors, alpha)`: float32 `(size, size, 3)`, 0-255, multiplied with
        alpha; float32 `(size, size)` in `[0, 1]`.
    """
    left, top, width, height = cv2.boundingRect(
        (cutout[..., 3] > 127).astype("uint8")
    )
    center = np.array([left + width / 2.0, top + height / 2.0])
    scale = generator.uniform(*SHARES) * size / max(width, height, 1)
    wild = generator.random() < 0.1
    angle = np.deg2rad(
        generator.uniform(-180, 180) if wild else generator.normal(0, 10)
    )
    turn = scale * np.array(
        [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    )
    turn[:, 0] *= generator.choice([-1, 1])
    # Products stand in the middle, more or less.
    room = max(0.0, size - scale * max(width, height)) / 2.0 + 0.05 * size
    target = size / 2.0 + generator.uniform(-room, room, 2)
    matrix = np.hstack([turn, (target - turn @ center)[:, None]])
    alpha = cutout[..., 3:].astype("float32") / 255.0
    premultiplied = np.dstack([cutout[..., :3] * alpha, alpha])
    premultiplied = _smoothed(premultiplied, scale)
    warped = cv2.warpAffine(premultiplied, matrix, (size, size))
    return warped[..., :3], np.clip(warped[..., 3], 0.0, 1.0)


def shadowed(background, alpha, generator):
    """Lets a product throw a soft shadow, often a faint one.

    Args:
        background: float32 `(size, size, 3)`.
        alpha: float32 `(size, size)` of the product.
        generator: `numpy.random.Generator`.
    """
    size = len(alpha)
    shift = np.eye(2, 3)
    shift[:, 2] = generator.normal(0.0, 0.02 * size, 2)
    moved = cv2.warpAffine(alpha, shift, (size, size))
    sigma = generator.uniform(0.005, 0.04) * size
    moved = cv2.GaussianBlur(moved, (0, 0), sigma)
    strength = generator.uniform(0.0, 0.7) ** 1.5
    return background * (1.0 - np.float32(strength) * moved[..., None])


def cropped(photo, size, generator):
    """A piece of a photo, stretched into a square frame.

    Args:
        photo: uint8 RGBA array `(height, width, 4)`.
        size: int, side of the frame.
        generator: `numpy.random.Generator`.

    Returns:
        `(colors, alpha)`: float32 `(size, size, 3)`, 0-255; float32
        `(size, size)` in `[0, 1]`.
    """
    sides = np.array(photo.shape[:2])
    kept = np.rint(sides * generator.uniform(LEAST_CROP, 1.0, 2)).astype(int)
    kept = np.maximum(kept, 1)
    top, left = generator.integers(0, sides - kept + 1)
    piece = photo[top : top + kept[0], left : left + kept[1]]
    piece = cv2.resize(piece, (size, size), interpolation=cv2.INTER_AREA)
    piece = piece[:, ::-1] if generator.random() < 0.5 else piece
    piece = piece.astype("float32")
    return piece[..., :3], piece[..., 3] / 255.0


def _smoothed(picture, scale):
    if scale >= 0.75:
        return picture
    return cv2.GaussianBlur(picture, (0, 0), 0.45 / scale)
