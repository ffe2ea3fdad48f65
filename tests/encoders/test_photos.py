"""The shipped encoder on real photos, which it was not trained on."""

import cv2
import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.metrics import kid_between
from tests.encoders.pictures import photos


@pytest.fixture(scope="module")
def halves():
    return np.array_split(photos(300), 2)


def blurred(pictures, sigma):
    return np.array([cv2.GaussianBlur(x, (0, 0), sigma) for x in pictures])


def noisy(pictures, deviation):
    noise = np.random.default_rng(0).normal(0, deviation, pictures.shape)
    return np.clip(pictures + noise, 0, 255).astype("uint8")


def crushed(pictures, quality):
    files = [images.encode(x, "JPEG", quality=quality) for x in pictures]
    return np.array([images.decode(file) for file in files])


def mixed(pictures, count):
    catalog, pictures = ProductCatalog(64, seed=99), pictures.copy()
    for place in range(count):
        pictures[place] = catalog[place].image
    return pictures


def test_two_halves_of_the_photos_agree(halves):
    mean, deviation = kid_between(*halves, encoders.load())
    assert abs(mean) < 2 * deviation


@pytest.mark.parametrize(
    "spoil, amounts",
    [
        (blurred, (0.7, 1.2, 2.5)),
        (noisy, (10, 25, 60)),
        (crushed, (40, 15, 5)),
        (mixed, (40, 80, 150)),
    ],
)
def test_distance_grows_with_the_damage(halves, spoil, amounts):
    real, other = halves
    encoder = encoders.load()
    distances = [kid_between(real, other, encoder).mean] + [
        kid_between(real, spoil(other, amount), encoder).mean
        for amount in amounts
    ]
    assert distances == sorted(distances)
    assert distances[-1] > 5 * abs(distances[0])
