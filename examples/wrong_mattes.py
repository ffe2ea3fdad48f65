"""Mattes spoilt on purpose, to calibrate gates with.

Each function takes a uint8 matte `(height, width)` and a `numpy` generator, and
returns another that a shop must not publish.
"""

import cv2
import numpy as np


def cut(matte, generator):
    """A part beyond a line is missing."""
    rows, columns = np.nonzero(matte >= 128)
    angle = generator.uniform(0.0, 2.0 * np.pi)
    along = rows * np.sin(angle) + columns * np.cos(angle)
    limit = np.quantile(along, generator.uniform(0.6, 0.85))
    made = matte.copy()
    y, x = np.mgrid[: matte.shape[0], : matte.shape[1]]
    made[y * np.sin(angle) + x * np.cos(angle) > limit] = 0
    return made


def spilt(matte, generator):
    """A piece of the backdrop is taken for product."""
    edge = cv2.Canny((matte >= 128).astype("uint8") * 255, 50, 150)
    places = np.argwhere(edge)
    row, column = places[generator.integers(len(places))]
    side = np.sqrt((matte >= 128).sum())
    axes = [int(side * generator.uniform(0.15, 0.35)) for _ in range(2)]
    angle = generator.uniform(0.0, 180.0)
    made = matte.copy()
    place = int(column), int(row)
    return cv2.ellipse(made, place, axes, angle, 0, 360, 255, -1)


def ragged(matte, generator):
    """The outline runs in and out."""
    noise = generator.normal(0.0, 1.0, matte.shape).astype("float32")
    reach = max(matte.shape) / generator.uniform(60.0, 100.0)
    noise = cv2.GaussianBlur(noise, (0, 0), reach)
    noise *= generator.uniform(1.0, 2.0) / noise.std()
    flat = (matte >= 128).astype("uint8")
    far = cv2.distanceTransform(flat, cv2.DIST_L2, 5)
    far = far - cv2.distanceTransform(1 - flat, cv2.DIST_L2, 5)
    return np.where(far > 2.0 * reach * noise, 255, 0).astype("uint8")


MATTES = {"cut": cut, "spilt": spilt, "ragged": ragged}
