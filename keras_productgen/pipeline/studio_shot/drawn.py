"""Backdrops that are drawn: no photo and no model is needed."""

import numpy as np


def gradient(size, top, bottom):
    """A colour that becomes another, from top to bottom.

    Args:
        size: `(height, width)`.
        top: three ints, 0-255.
        bottom: three ints, 0-255.

    Returns:
        uint8 array `(height, width, 3)`.
    """
    way = np.linspace(0.0, 1.0, size[0], dtype="float32")[:, None, None]
    colors = np.float32(top) * (1.0 - way) + np.float32(bottom) * way
    return _dithered(np.broadcast_to(colors, (*size, 3)), 0)


def studio_sweep(size, seed):
    """A paper sweep: a wall that bends into a floor, lit from above.

    Args:
        size: `(height, width)`.
        seed: int or sequence of ints; hue, horizon and light are drawn.

    Returns:
        uint8 array `(height, width, 3)`.
    """
    generator = np.random.default_rng(seed)
    level = generator.uniform(196.0, 238.0)
    tint = generator.normal(0.0, 7.0, 3)
    horizon = generator.uniform(0.66, 0.8)
    lamp = generator.uniform((0.2, 0.3), (0.45, 0.7))
    y, x = (np.linspace(0.0, 1.0, side, dtype="float32") for side in size)
    floor = 1.0 / (1.0 + np.exp(-(y[:, None] - horizon) / 0.035))
    away = (y[:, None] - lamp[0]) ** 2 + (x[None] - lamp[1]) ** 2
    light = 0.9 + 0.12 * np.exp(-away / 0.18) + 0.05 * floor
    paper = np.clip(level + tint - tint.mean(), 0.0, 255.0)
    return _dithered(light[..., None] * np.float32(paper), generator)


def _dithered(values, seed):
    """uint8 without bands: rounded up or down by chance."""
    generator = np.random.default_rng(seed)
    noise = generator.random((*values.shape[:2], 1), "float32")
    return np.clip(np.floor(values + noise), 0, 255).astype("uint8")
