"""A view of a picture: another crop, place, light and colour of the same."""

import cv2
import numpy as np

SIZE = 64


def view(picture, mask, quarters, textures, generator):
    """Returns a float32 view 0-255 of a uint8 picture, turned by quarters."""
    if mask is not None and generator.random() < 0.5:
        texture = textures[generator.integers(len(textures))]
        alpha = mask[..., None] / np.float32(255.0)
        picture = alpha * picture + (1.0 - alpha) * texture
    picture = picture.astype("float32")
    if generator.random() < 0.3:
        picture = _tilted(picture, generator.uniform(-15.0, 15.0))
    picture = _cropped(picture, generator)
    if generator.random() < 0.5:
        picture = picture[:, ::-1]
    if generator.random() < 0.8:
        picture = _relit(picture, generator)
    return np.ascontiguousarray(np.rot90(picture, quarters))


def _tilted(picture, angle):
    side = len(picture)
    center = ((side - 1) / 2, (side - 1) / 2)
    matrix = cv2.getRotationMatrix2D(center, angle, 1.0)
    return cv2.warpAffine(
        picture, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE
    )


def _cropped(picture, generator):
    """A part of the picture, at the size of the network or larger."""
    side = len(picture)
    height, width = np.rint(
        side * np.sqrt(generator.uniform(0.45, 1.0))
        * np.exp(generator.uniform(-0.12, 0.12) * np.array([1, -1]))
    ).astype(int).clip(SIZE, side)  # fmt: skip
    top = generator.integers(side - height + 1)
    left = generator.integers(side - width + 1)
    part = picture[top : top + height, left : left + width]
    return cv2.resize(part, (SIZE, SIZE), interpolation=cv2.INTER_AREA)


def _relit(picture, generator):
    """Another light, contrast, saturation and hue, as one linear map."""
    gray = np.full((3, 3), 1.0 / 3.0)
    saturation = generator.uniform(0.0, 1.4)
    color = saturation * (_hue_turn(generator.normal(0.0, 0.5)) - gray) + gray
    gains = generator.uniform(0.9, 1.1, (3, 1)) * generator.uniform(0.6, 1.3)
    light = generator.uniform(-30.0, 30.0)
    matrix = np.hstack([gains * color, (1.0 - gains) * 128.0 + light])
    return np.clip(cv2.transform(picture, matrix), 0.0, 255.0)


def _hue_turn(angle):
    """The turn of colours about the axis of greys, by an angle in radians."""
    third, root = (1.0 - np.cos(angle)) / 3.0, np.sin(angle) / np.sqrt(3.0)
    off = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    return np.cos(angle) * np.eye(3) + third + root * off
