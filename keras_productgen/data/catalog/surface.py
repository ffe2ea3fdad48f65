"""What every kind of product is turned into before it is lit."""

import dataclasses

import cv2
import numpy as np


@dataclasses.dataclass
class Surface:
    """A product seen by the camera, at the supersampled size.

    Args:
        mask: float32 (size, size) in [0, 1].
        height: float32 (size, size), towards the viewer, in half pictures.
        albedo: float32 (size, size, 3), sRGB in [0, 1].
        normals: float32 (size, size, 3), unit vectors (x right, y up, z to
            the viewer); `None`: they follow from the height.
        occlusion: float32 (size, size) factor of the ambient light; `None`:
            it follows from the height.
    """

    mask: np.ndarray
    height: np.ndarray
    albedo: np.ndarray
    normals: np.ndarray | None = None
    occlusion: np.ndarray | None = None


def normals_of(height):
    """Unit normals of a height field in half pictures."""
    scale = height.shape[0] / 2.0 / 8.0
    normals = np.empty((*height.shape, 3), "float32")
    normals[..., 0] = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=-scale)
    normals[..., 1] = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=scale)
    normals[..., 2] = 1.0
    x, y = normals[..., 0], normals[..., 1]
    normals *= (1.0 / np.sqrt(1.0 + x * x + y * y))[..., None]
    return normals


def cavity_occlusion(height):
    """Hollows get less light from around them than ridges."""
    around = cv2.blur(height, (_odd(height.shape[0] / 12),) * 2)
    return np.clip(1.0 - 3.0 * (around - height), 0.72, 1.06)


def turn(surface, degrees):
    """The relief turned about its upright axis, as far as a relief can be."""
    angle = (degrees + 180.0) % 360.0 - 180.0
    if angle == 0.0:
        return surface
    size = surface.height.shape[0]
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    # Parallax uses a smoothed height, so that no point hides another.
    smooth = cv2.blur(surface.height, (_odd(size / 10),) * 2)
    columns = np.arange(size, dtype="float32") + np.float32(0.5 - size / 2)
    rows = np.repeat(np.arange(size, dtype="float32")[:, None], size, axis=1)
    flat = np.repeat((columns / np.float32(c))[None], size, axis=0)
    parallax = np.float32(0.5 * size / 2 * s / c)
    source = flat - parallax * smooth
    for _ in range(2):
        moved = source + np.float32(size / 2 - 0.5)
        source = flat - parallax * cv2.remap(
            smooth, moved, rows, cv2.INTER_LINEAR
        )
    moved = source + np.float32(size / 2 - 0.5)
    mask, height, albedo = (
        cv2.remap(layer, moved, rows, cv2.INTER_LINEAR)
        for layer in (surface.mask, surface.height, surface.albedo)
    )
    tilt = np.float32(-s) * source * np.float32(2.0 / size)
    return Surface(mask, np.float32(c) * height + tilt, albedo)


def _odd(length):
    return int(length) // 2 * 2 + 1
