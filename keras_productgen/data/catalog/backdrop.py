"""What is behind the product, and the product's shadow on it."""

import cv2
import numpy as np

from keras_productgen.data.catalog.relief import grid


def backdrop(item, size, generator):
    """float32 (size, size, 3), sRGB in `[0, 1]`."""
    if item.background == "white":
        return np.ones((size, size, 3), "float32")
    color = np.asarray(item.background_color, "float32")
    brightness = _BRIGHTNESS[item.background](size, generator)
    return np.clip(color * brightness[..., None], 0.0, 1.0)


def _plain(size, generator):
    return np.ones((size, size), "float32")


def _gradient(size, generator):
    x, y = grid(size)
    angle = generator.uniform(0.0, 2.0 * np.pi)
    along = np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y
    return 0.95 + 0.12 * along


def _spotlight(size, generator):
    x, y = grid(size)
    dx, dy = generator.uniform(-0.25, 0.25, 2).astype("float32")
    squared = (x - dx) ** 2 + (y - dy) ** 2
    return 0.80 + 0.28 * np.exp(-squared)


def _noise(size, generator, rows, columns):
    """The same soft noise at every size, of unit deviation."""
    noise = generator.standard_normal((rows, columns), "float32")
    return cv2.resize(noise, (size, size), interpolation=cv2.INTER_CUBIC)


def _textured(size, generator):
    cloth = 0.030 * _noise(size, generator, 40, 40)
    weave = 0.020 * _noise(size, generator, 12, 90)
    return 0.97 + cloth + weave + 0.04 * _noise(size, generator, 4, 4)


def _wood(size, generator):
    planks = int(generator.integers(4, 7))
    _, y = grid(size)
    position = (0.5 * y + 0.5) * planks
    tones = generator.uniform(-0.07, 0.07, planks).astype("float32")
    index = np.clip(position.astype(int), 0, planks - 1)
    grain = 0.045 * _noise(size, generator, 60, 5)
    gap = np.abs(position - np.round(position)) < 0.02
    return 0.95 + tones[index] + grain - 0.25 * gap.astype("float32")


_BRIGHTNESS = {
    "plain": _plain,
    "gradient": _gradient,
    "spotlight": _spotlight,
    "textured": _textured,
    "wood": _wood,
}


def lying_shadow(mask, light):
    """Share of the light taken from the backdrop under a flat product."""
    size = mask.shape[0]
    far = 0.035 * size
    slope = np.clip(np.array(light[:2]) / max(light[2], 0.3), -1.2, 1.2)
    shift = np.array(
        [[1.0, 0.0, -far * slope[0]], [0.0, 1.0, far * slope[1]]], "float32"
    )
    moved = cv2.warpAffine(mask, shift, (size, size))
    cast = cv2.GaussianBlur(moved, (0, 0), max(0.6, 0.022 * size))
    around = cv2.GaussianBlur(mask, (0, 0), max(0.6, 0.035 * size))
    return np.clip(0.34 * cast + 0.12 * around, 0.0, 1.0)


def standing_shadow(mask, light):
    """Share of the light taken from the floor under a standing product."""
    size = mask.shape[0]
    rows, columns = np.nonzero(mask > 0.5)
    shadow = np.zeros_like(mask)
    if len(rows) == 0:
        return shadow
    bottom = rows.max()
    low = columns[rows > bottom - 0.10 * size]
    width = 0.5 * (low.max() - low.min() + 1)
    slope = np.clip(light[0] / max(light[2], 0.3), -1.2, 1.2)
    x, y = 0.5 * (low.max() + low.min()), bottom - 0.035 * size
    _ellipse(shadow, x, y, 0.96 * width, 0.040 * size, 0.55)
    shadow = cv2.GaussianBlur(shadow, (0, 0), max(0.6, 0.022 * size))
    wide = np.zeros_like(mask)
    x -= 0.30 * width * slope
    _ellipse(wide, x, y, 1.15 * width, 0.065 * size, 0.30)
    wide = cv2.GaussianBlur(wide, (0, 0), max(0.8, 0.055 * size))
    return np.clip(shadow + wide, 0.0, 0.8)


def _ellipse(target, x, y, half_width, half_height, value):
    centre = (round(x * 16), round(y * 16))
    axes = (max(16, round(half_width * 16)), max(16, round(half_height * 16)))
    cv2.ellipse(target, centre, axes, 0, 0, 360, value, -1, cv2.LINE_8, 4)
