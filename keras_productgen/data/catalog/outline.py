"""Smooth outlines as arrays of points.

The picture spans x and y in [-1, 1]; x goes right, y goes down.
"""

import functools

import numpy as np


@functools.lru_cache
def _catmull_rom_weights(steps):
    t = np.arange(steps)[:, None] / steps
    powers = np.concatenate([t**0, t, t**2, t**3], axis=1)
    basis = np.array(
        [[0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]]
    )
    return powers @ basis / 2.0


def curve(*points, steps=8):
    """An open smooth curve through the points, corners only at its ends."""
    points = np.asarray(points, "float64")
    first, last = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    padded = np.concatenate([[first], points, [last]])
    windows = np.stack([padded[i : len(points) - 1 + i] for i in range(4)], 1)
    smooth = np.einsum("sk,nkd->nsd", _catmull_rom_weights(steps), windows)
    return np.concatenate([smooth.reshape(-1, 2), points[-1:]])


def line(*points):
    """Straight lines through the points."""
    return np.asarray(points, "float64")


def join(*paths):
    """One path after the other; meeting ends make corners."""
    return np.concatenate(paths)


def flip(path):
    """The path mirrored at the vertical axis."""
    return np.asarray(path, "float64") * (-1.0, 1.0)


def symmetric(*right_half):
    """Closed outline from its right half, given from top to bottom."""
    half = join(*right_half)
    return np.concatenate([half, flip(half)[::-1]])


def ellipse(x, y, width, height, angle=0.0, steps=32):
    """Closed ellipse with the given half axes; the angle is in radians."""
    t = np.linspace(0.0, 2.0 * np.pi, steps, endpoint=False)
    across, along = width * np.cos(t), height * np.sin(t)
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([x + c * across - s * along, y + s * across + c * along], 1)


def between(start, end, fraction):
    """The point at a fraction of the way."""
    start, end = np.asarray(start, "float64"), np.asarray(end, "float64")
    return start + (end - start) * fraction
