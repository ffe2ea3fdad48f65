"""Pictures that look a little like products, and photos where there are."""

import pathlib

import cv2
import numpy as np
import pytest

from keras_productgen import images

PHOTOS = pathlib.Path(__file__).parents[2] / "../shared/data/clothing/train"


def drawings(count=8, size=64, seed=0):
    """Coloured shapes on light ground."""
    generator = np.random.default_rng(seed)
    pictures = []
    for _ in range(count):
        picture = np.full((size, size, 3), generator.uniform(180, 255), "uint8")
        center = (generator.uniform(0.4, 0.6, 2) * size).astype(int).tolist()
        axes = (generator.uniform(0.15, 0.4, 2) * size).astype(int).tolist()
        color = generator.uniform(0, 255, 3).tolist()
        cv2.ellipse(picture, center, axes, 0, 0, 360, color, -1, cv2.LINE_AA)
        pictures.append(picture)
    return np.array(pictures)


def photos(count):
    """Every so many-th of the clothing photos, all classes in turn."""
    return labelled_photos(count)[0]


def labelled_photos(count):
    """The same and, as ints, the classes of what they show."""
    paths = sorted(PHOTOS.glob("*/*.jpg"))
    if not paths:
        pytest.skip("the clothing photos are not here")
    order = np.random.default_rng(0).permutation(len(paths))[:count]
    paths = [paths[place] for place in order]
    names = sorted({path.parent.name for path in paths})
    pictures = [images.load_resized(path, 64) for path in paths]
    classes = [names.index(path.parent.name) for path in paths]
    return np.array(pictures), np.array(classes)
