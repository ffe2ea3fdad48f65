import dataclasses

import cv2
import numpy as np

from keras_productgen.data.defects.places import disc
from keras_productgen.data.defects.places import filled
from keras_productgen.data.defects.places import place

_HOLE = (0.05, 0.045, 0.04)


def tear(surface, generator):
    size = len(surface.mask)
    length = generator.uniform(0.10, 0.20) * size
    x, y = place(surface, generator, 0.3 * length)
    angle = generator.uniform(0.0, np.pi)
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    t = np.linspace(-0.5, 0.5, 14)
    middle = np.array([x, y]) + np.outer(t * length, along)
    middle += np.outer(generator.normal(0.0, 0.035 * length, 14), across)
    width = generator.uniform(0.07, 0.14) * length * (1.0 - (2.0 * t) ** 2)
    jags = generator.uniform(0.5, 1.4, (2, 14))
    upper = middle + (width * jags[0])[:, None] * across
    lower = middle - (width * jags[1])[:, None] * across
    hole = filled(size, np.concatenate([upper, lower[::-1]]))
    lips = cv2.dilate(hole, disc(0.012 * size)) - hole
    inside = surface.mask > 0.5
    height = surface.height.copy()
    height += np.where(inside, 0.035 * cv2.GaussianBlur(
        lips, (0, 0), 0.004 * size) - 0.05 * hole, 0.0)  # fmt: skip
    cloth = surface.albedo[int(y), int(x)]
    albedo = (
        surface.albedo
        + (np.float32(_HOLE) - surface.albedo) * (0.92 * hole)[..., None]
    )
    threads = _threads(size, upper, lower, generator)[..., None]
    albedo += (0.6 * cloth + 0.4 - albedo) * (0.75 * threads)
    return dataclasses.replace(
        surface,
        albedo=np.where(inside[..., None], albedo, surface.albedo),
        height=height.astype("float32"),
    )


def _threads(size, upper, lower, generator):
    """Torn threads: some reach over the opening, some end in it."""
    drawn = np.zeros((size, size), "uint8")
    for _ in range(generator.integers(3, 7)):
        start = upper[generator.integers(2, 12)]
        end = lower[generator.integers(2, 12)]
        end = start + generator.uniform(0.4, 1.2) * (end - start)
        points = np.round(np.array([start, end]) * 16).astype("int32")
        cv2.polylines(drawn, [points], False, 255, 1, cv2.LINE_AA, 4)
    return drawn.astype("float32") / 255.0
