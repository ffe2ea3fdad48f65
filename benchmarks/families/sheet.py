"""What each family made, a row each, from the pictures that trainings left."""

import cv2
import numpy as np

from benchmarks.families import path_of
from keras_productgen import images

CAPTION = 176
_FONT, _INK = cv2.FONT_HERSHEY_SIMPLEX, (30, 30, 30)


def draw(names, folder, seed=0):
    """Returns a uint8 picture, a row for each family that has been trained."""
    rows = []
    for name in names:
        path = path_of(name, seed, folder).with_suffix(".png")
        if path.exists():
            rows.append(_row(name, images.load(path)))
    return np.concatenate(rows)


def _row(name, strip):
    caption = np.full((strip.shape[0], CAPTION, 3), 255, "uint8")
    place = (4, strip.shape[0] // 2 + 4)
    cv2.putText(caption, name, place, _FONT, 0.4, _INK, 1, cv2.LINE_AA)
    return np.concatenate([caption, strip], axis=1)
