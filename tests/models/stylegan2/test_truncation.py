import numpy as np
import pytest

from keras_productgen.random import stateless_normal
from tests.models.cases import CASES

ASKED = {
    "category": ["a", "b", "a"],
    "color": [[0, 0, 1], [1, 1, 1], [0, 0, 1]],
}


@pytest.fixture
def model():
    return CASES["StyleGAN2"]()


def test_average_is_that_of_what_is_asked_for(model):
    averages = model.map(np.ones((3, 4)), ASKED, truncation=0.0)
    np.testing.assert_array_equal(averages[0], averages[2])
    assert np.abs(averages[0] - averages[1]).max() > 1e-3
    latents = stateless_normal(np.zeros(256), np.arange(256), 4)
    styles = model.map(latents, {"category": "b", "color": [1, 1, 1]})
    np.testing.assert_allclose(averages[1], styles.mean(axis=0), atol=1e-5)


def test_pictures_go_evenly_towards_it(model):
    latents = np.random.default_rng(0).normal(size=(3, 4))
    whole, half, none = (
        model.map(latents, ASKED, truncation) for truncation in (1.0, 0.5, 0.0)
    )
    np.testing.assert_allclose(half, (whole + none) / 2, atol=1e-6)
