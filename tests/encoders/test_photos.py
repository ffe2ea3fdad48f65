"""The shipped encoder on the clothing photos, where they are."""

import numpy as np
import pytest

from benchmarks.encoder_damage import LADDERS
from keras_productgen import encoders
from keras_productgen.encoders import extract
from keras_productgen.metrics import kernel_inception_distance
from keras_productgen.metrics import kid_between
from tests.checks import to_numpy
from tests.encoders.pictures import labelled_photos
from tests.encoders.pictures import photos


def kid(real_features, pictures):
    features = extract(encoders.load(), pictures)
    return float(to_numpy(kernel_inception_distance(real_features, features)))


@pytest.fixture(scope="module")
def halves():
    pictures, classes = labelled_photos(300)
    encoder = encoders.load()
    return extract(encoder, pictures[::2]), pictures[1::2], classes[1::2]


def test_two_halves_of_the_photos_agree():
    mean, deviation = kid_between(*np.array_split(photos(300), 2))
    assert abs(mean) < 2 * deviation


@pytest.mark.parametrize("name", LADDERS)
def test_distance_grows_with_the_damage(halves, name):
    real_features, pictures, classes = halves
    spoil, strengths = LADDERS[name]
    # The weakest damage is less than the chance of so few photos.
    distances = [kid(real_features, pictures)] + [
        kid(real_features, spoil(pictures, classes, strength))
        for strength in strengths[2:]
    ]
    assert distances == sorted(distances)
    assert distances[-1] > 5 * abs(distances[0])
