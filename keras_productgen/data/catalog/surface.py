"""What every kind of product is turned into before it is lit."""

import dataclasses

import cv2
import numpy as np

# Share of the picture that a product is brought towards.
_FILL = 0.86


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


def place(surface, degrees):
    """The relief turned about its upright axis, centred and framed.

    Args:
        surface: `Surface` of a relief, seen from the front.
        degrees: the yaw; far from a right angle, as a relief has no back.
    """
    size = surface.height.shape[0]
    angle = np.radians((degrees + 180.0) % 360.0 - 180.0)
    c, s = np.cos(angle), np.sin(angle)
    x, y, zoom = _frame(surface.mask, c)
    axis = np.arange(size, dtype="float32") + np.float32(0.5 - size / 2)
    rows = np.repeat(axis[:, None] / zoom + y, size, axis=1)
    columns = np.repeat(axis[None] / (zoom * np.float32(c)) + x, size, axis=0)
    if s != 0.0:
        columns = _parallax(surface.height, columns, rows, s / c)
    mask, height, albedo = (
        cv2.remap(layer, columns, rows, cv2.INTER_LINEAR)
        for layer in (surface.mask, surface.height, surface.albedo)
    )
    tilt = (x - columns) * np.float32(2.0 / size * s * zoom)
    return Surface(mask, np.float32(zoom * c) * height + tilt, albedo)


def _frame(mask, c):
    """Middle of the product in pixels, and how far to bring it nearer.

    A small product grows, but not to the size of a large one.
    """
    inside = cv2.threshold(mask, 0.5, 255, cv2.THRESH_BINARY)[1]
    x, y, width, height = cv2.boundingRect(inside.astype("uint8"))
    extent = max(width * c, height) / mask.shape[0]
    zoom = np.float32((_FILL / max(extent, 0.1)) ** 0.7)
    middle = np.float32(x + 0.5 * width), np.float32(y + 0.5 * height)
    return *middle, zoom


def _parallax(height, flat, rows, slope):
    """Where each pixel looks once nearer points have moved further."""
    size = height.shape[0]
    # A smoothed height, so that no point hides another.
    smooth = cv2.blur(height, (_odd(size / 10),) * 2)
    shift = np.float32(0.7 * size / 2 * slope)
    columns = flat
    for _ in range(3):
        near = cv2.remap(smooth, columns, rows, cv2.INTER_LINEAR)
        columns = flat - shift * near
    return columns


def _odd(length):
    return int(length) // 2 * 2 + 1
