import dataclasses

import cv2
import numpy as np

from keras_productgen.data.catalog.captions import to_lab
from keras_productgen.data.defects.places import VISIBLE
from keras_productgen.data.defects.places import place

STAINS = {
    "coffee": (0.36, 0.22, 0.10),
    "wine": (0.42, 0.05, 0.14),
    "ink": (0.07, 0.10, 0.32),
    "grass": (0.25, 0.38, 0.10),
    "bleach": (0.97, 0.93, 0.86),
}


def stain(surface, generator):
    size = len(surface.mask)
    radius = generator.uniform(0.045, 0.095) * size
    x, y = place(surface, generator, 0.6 * radius)
    shape = _blob(size, x, y, radius, generator)
    rim = np.clip(1.0 - np.abs(shape - 0.12) / 0.12, 0.0, 1.0)
    alpha = np.clip(shape / 0.12, 0.0, 1.0) * 0.6 + 0.3 * rim
    cloth = surface.albedo[int(y), int(x)]
    strength = (alpha * surface.mask)[..., None]
    color = _stain_color(cloth, generator)
    # Dark ones soak in: the pattern stays to be seen. Bleach lies over it.
    target = (
        color
        if color.min() > 0.8
        else 0.35 * color + 0.65 * (surface.albedo * color)
    )
    albedo = surface.albedo + (target - surface.albedo) * strength
    return dataclasses.replace(surface, albedo=albedo.astype("float32"))


def _stain_color(cloth, generator):
    candidates = [
        np.array(color)
        for color in STAINS.values()
        if np.linalg.norm(to_lab(color) - to_lab(cloth)) >= VISIBLE
    ]
    return candidates[generator.integers(len(candidates))]


def _blob(size, x, y, radius, generator):
    """Above 0 in a round, uneven spot."""
    axis = np.arange(size, dtype="float32")
    distance = np.hypot(axis[None] - x, axis[:, None] - y) / radius
    noise = generator.normal(size=(size // 8, size // 8)).astype("float32")
    noise = cv2.GaussianBlur(noise, (0, 0), 1.2)
    noise = cv2.resize(noise, (size, size), interpolation=cv2.INTER_CUBIC)
    return 1.0 - distance + 1.2 * noise * (distance < 1.6)
