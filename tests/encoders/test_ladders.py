"""The shipped encoder on products that it was not trained on."""

import numpy as np
import pytest

from benchmarks.encoder_damage import LADDERS
from keras_productgen import encoders
from keras_productgen.data import ProductCatalog
from keras_productgen.encoders import extract
from keras_productgen.metrics import kernel_inception_distance
from tests.checks import to_numpy

DAMAGES = (
    "blur, sigma in pixels of 64",
    "noise, deviation of 255",
    "patches of 8 x 8 swapped, pairs",
    "classes left out",
)


@pytest.fixture(scope="module")
def halves():
    catalog = ProductCatalog(64, seed=123)
    items = [catalog.item(index) for index in range(208)]
    pictures = np.array([catalog.render_image(item) for item in items])
    # The kinds take turns: halves by blocks of all thirteen.
    first = np.arange(208) // 13 % 2 == 0
    classes = np.array([item.category_id for item in items])
    real_features = extract(encoders.load(), pictures[first])
    return real_features, pictures[~first], classes[~first]


@pytest.mark.parametrize("name", DAMAGES)
def test_distance_grows_with_the_damage_of_products(halves, name):
    real_features, pictures, classes = halves
    spoil, strengths = LADDERS[name]
    distances = []
    for spoiled in [pictures] + [
        spoil(pictures, classes, strength) for strength in strengths[2:]
    ]:
        features = extract(encoders.load(), spoiled)
        distance = kernel_inception_distance(real_features, features)
        distances.append(float(to_numpy(distance)))
    assert distances == sorted(distances)
    assert distances[-1] > 5 * abs(distances[0])
