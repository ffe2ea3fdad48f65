"""One wish, many latents."""

import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.training.doctor.pictures import RealPictures
from keras_productgen.training.doctor.probe import Probe
from keras_productgen.training.doctor.wishes import Wishes
from tests.training.doctor.broken_data import COLORS
from tests.training.doctor.broken_data import conditional
from tests.training.doctor.broken_data import shirts
from tests.training.doctor.cases import encoder
from tests.training.doctor.networks import SIZE


@pytest.fixture(scope="module")
def real():
    return RealPictures(encoder(), shirts()[0] / 127.5 - 1.0)


def wishes_of(model, real, conditions):
    return Wishes.of(model, Probe(model, (shirts()[0], conditions)), real)


def drawing(model, draw):
    """The model with another way to make pictures of a batch."""
    vars(model)["fake_images"] = lambda batch, training: draw(
        np.asarray(batch.conditions["color"])
    )
    return model


def test_real_products_have_all_the_diversity_and_a_repeated_one_none(real):
    images, labels = shirts()
    images = images / 127.5 - 1.0
    model = conditional(labels).model
    wishes = wishes_of(model, real, {"color": labels})
    generator = np.random.default_rng(0)

    def any_of(wish):
        return images[generator.choice(np.flatnonzero(labels == wish))]

    def same_of(wish):
        return images[np.flatnonzero(labels == wish)[0]]

    def value(draw):
        drawing(model, lambda asked: np.stack([draw(w) for w in asked]))
        return wishes.vitals(model)["diversity_within"]

    assert 0.75 < value(any_of) < 1.2
    assert value(same_of) < 1e-3


def test_who_is_told_nothing_has_no_wishes(real):
    model = models.DCGAN(SIZE, latent_dim=8, width=4, seed=0)
    model.compile()
    assert wishes_of(model, real, None) is None


def test_who_starts_from_the_pictures_has_no_latents_to_change(real):
    model = models.FeatureGAN(
        SIZE, categories={"color": len(COLORS)}, width=4, seed=0
    )
    model.compile()
    assert wishes_of(model, real, {"color": shirts()[1]}) is None


def test_pictures_that_are_no_numbers_have_no_vital(real):
    labels = shirts()[1]
    model = conditional(labels).model
    wishes = wishes_of(model, real, {"color": labels})
    drawing(model, lambda asked: np.full((len(asked), SIZE, SIZE, 3), np.nan))
    assert wishes.vitals(model) == {}
