"""Pictures of one product on one canvas, at the same centre and scale."""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.pixels import to_levels
from keras_productgen.editing.pixels import to_light

MARGIN = 0.08


def on_canvas(pictures, alphas, size, background):
    """Lays cut-out products on a canvas, all as tall and in its middle.

    Light is mixed, and colours count as much as they cover.

    A product that turns about its upright axis stays as tall as it is: what
    differs between photos is how far away it was.

    Args:
        pictures: list of uint8 arrays `(height, width, 3)`, of any sizes.
        alphas: list of float32 arrays `(height, width)` in `[0, 1]`.
        size: int, side of the canvas.
        background: uint8 `(3,)`.

    Returns:
        uint8 array `(n, size, size, 3)`.
    """
    boxes = [_box(alpha) for alpha in alphas]
    # The widest view decides how tall all of them may be.
    widest = max(width / height for _, _, width, height in boxes)
    room = (1.0 - 2.0 * MARGIN) * size
    tall = min(room, room / max(widest, 1e-6))
    return np.stack(
        [
            _laid(picture, alpha, box, tall, size, background)
            for picture, alpha, box in zip(pictures, alphas, boxes)
        ]
    )


def _box(alpha):
    return cv2.boundingRect((alpha >= 0.5).astype("uint8"))


def _laid(picture, alpha, box, tall, size, background):
    x, y, width, height = box
    scale = tall / height
    wanted = [max(1, round(side * scale)) for side in alpha.shape]
    layers = np.dstack([picture, images.to_uint8(255.0 * alpha)])
    layers = images.resize(layers, tuple(wanted), "stretch")
    center = (x + width / 2.0) * scale, (y + height / 2.0) * scale
    place = np.float32(
        [[1, 0, size / 2.0 - center[0]], [0, 1, size / 2.0 - center[1]]]
    )
    cover = layers[..., 3:].astype("float32") / np.float32(255.0)
    mixed = np.dstack([to_light(layers[..., :3]) * cover, cover])
    moved = cv2.warpAffine(mixed, place, (size, size), flags=cv2.INTER_LINEAR)
    rest = 1.0 - moved[..., 3:]
    return to_levels(moved[..., :3] + rest * to_light(background))
