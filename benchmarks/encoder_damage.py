"""Ladders of damage: what a distance between sets of pictures must notice.

Each takes uint8 pictures `(num_images, 64, 64, 3)`, their classes and a
strength, and returns as many pictures, the worse the further down the ladder.
"""

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.data import ProductCatalog

PATCH = 8


def blurred(pictures, classes, sigma):
    return np.array([cv2.GaussianBlur(x, (0, 0), sigma) for x in pictures])


def noisy(pictures, classes, deviation):
    generator = np.random.default_rng(0)
    noise = generator.normal(0.0, deviation, pictures.shape)
    return np.clip(pictures + noise, 0, 255).astype("uint8")


def crushed(pictures, classes, quality):
    files = [images.encode(x, "JPEG", quality=quality) for x in pictures]
    return np.array([images.decode(file) for file in files])


def swapped(pictures, classes, num_swaps):
    """Exchanges pairs of patches within each picture."""
    generator = np.random.default_rng(0)
    side = pictures.shape[1] // PATCH
    pictures = pictures.copy()
    for picture in pictures:
        places = generator.permutation(side**2)[: 2 * num_swaps]
        patches = [np.s_[y : y + PATCH, x : x + PATCH] for y, x in zip(
            places // side * PATCH, places % side * PATCH
        )]  # fmt: skip
        for one, other in zip(patches[::2], patches[1::2]):
            kept = picture[one].copy()
            picture[one] = picture[other]
            picture[other] = kept
    return pictures


def tinted(pictures, classes, levels):
    """More red, less blue: a wrong white balance."""
    cast = np.array([levels, 0.0, -levels])
    return np.clip(pictures + cast, 0, 255).astype("uint8")


def washed_out(pictures, classes, strength):
    return (pictures * (1.0 - strength) + 128.0 * strength).astype("uint8")


def without_classes(pictures, classes, num_dropped):
    """A generator that has never learned some of the classes."""
    names = np.random.default_rng(0).permutation(np.unique(classes))
    kept = np.flatnonzero(~np.isin(classes, names[:num_dropped]))
    return pictures[np.resize(kept, len(pictures))]


def collapsed(pictures, classes, num_kept):
    """A generator that has only ever learned a few of the photos."""
    return pictures[np.arange(len(pictures)) % num_kept]


def mixed(pictures, classes, share):
    """Puts catalogue pictures in the place of a share of the photos."""
    catalog = ProductCatalog(pictures.shape[1], seed=99)
    pictures = pictures.copy()
    for place in range(round(share * len(pictures))):
        pictures[place] = catalog[place].image
    return pictures


LADDERS = {
    "blur, sigma in pixels of 64": (blurred, (0.4, 0.7, 1.0, 1.5, 2.5)),
    "noise, deviation of 255": (noisy, (3, 8, 15, 30, 60)),
    "JPEG, quality": (crushed, (80, 50, 25, 10, 5)),
    "patches of 8 x 8 swapped, pairs": (swapped, (1, 2, 4, 8, 16)),
    "colour cast, levels of 255": (tinted, (5, 10, 20, 40, 80)),
    "contrast lost, share": (washed_out, (0.1, 0.2, 0.4, 0.6, 0.8)),
    "classes left out": (without_classes, (1, 3, 5, 7, 9)),
    "collapse, photos left": (collapsed, (500, 100, 30, 10, 3)),
    "catalogue mixed in, share": (mixed, (0.1, 0.25, 0.5, 0.75, 1.0)),
}
