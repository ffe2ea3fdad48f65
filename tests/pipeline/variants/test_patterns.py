import numpy as np
import pytest

from keras_productgen import evaluation
from keras_productgen import models
from keras_productgen.pipeline import Variants
from tests.pipeline.variants.painters import STRIPES
from tests.pipeline.variants.painters import Painter
from tests.pipeline.variants.painters import star_gan


def test_patterns_come_from_the_model_within_the_mask(product):
    make = Variants(patterns=["stripes", "plain"], model=star_gan())
    found = make(product.image, product.mask)
    stripes, plain = found.images
    assert (stripes != plain).any()
    beyond = product.mask == 0
    np.testing.assert_array_equal(stripes[beyond], product.image[beyond])
    assert found.scores[0]["color_difference"] is None
    assert found.scores[0]["outside_changed"] == 0
    assert found.parameters["model"]["class"] == "StarGAN"


class Told:
    """A judge that always sees the same, in an order of its own."""

    accuracies, words = {"pattern": 1.0}, {"pattern": ["dots", "stripes"]}

    def __init__(self, seen):
        self.seen = seen
        self.network = star_gan()

    def predict(self, images):
        return {"pattern": np.full(len(images), self.seen)}

    def ids_of(self, name, ids, words):
        return evaluation.Judge.ids_of(self, name, ids, words)


@pytest.mark.parametrize("drawn", [0.0, 40.0, -40.0])
def test_a_model_that_draws_nothing_does_not_pass(product, drawn):
    """More light everywhere is no pattern either."""
    found = Variants(patterns=["stripes"], model=Painter(drawn))(
        product.image, product.mask
    )
    assert found.failures == [["pattern_change"]]
    assert found.scores[0]["pattern_found"] is None


def test_a_pattern_that_is_drawn_passes(product):
    model = Painter(STRIPES)
    made = Variants(patterns=["stripes"], model=model)
    found = made(product.image, product.mask)
    assert found.passed == [True]
    # White and black stripes of half the area: 60 grey levels around.
    assert 15.0 < found.scores[0]["pattern_change"] < 40.0


def test_a_judge_says_whether_it_is_the_pattern_asked_for(product):
    wanted = dict(patterns=["stripes", "dots"], model=Painter(STRIPES))
    found = Variants(**wanted, judge=Told(1))(product.image, product.mask)
    assert found.failures == [[], ["pattern_found"]]
    assert [s["pattern_found"] for s in found.scores] == [1.0, 0.0]
    described = found.parameters["judge"]
    assert described["class"] == "StarGAN" and described["sha256"]


def test_a_judge_that_cannot_tell_is_refused():
    wanted = dict(patterns=["stripes"], model=Painter(0.0))
    with pytest.raises(ValueError, match="that tells the condition 'pattern'"):
        Variants(**wanted, judge=Painter(0.0))
    with pytest.raises(ValueError, match=r"Received: patterns=\['plain'\]"):
        Variants(patterns=["plain"], model=Painter(0.0), judge=Told(1))


def test_no_untrained_model_makes_all_patterns(product):
    """It reads the same from whatever it has drawn, or nearly."""
    make = Variants(patterns=["stripes", "plain"], model=star_gan())
    found = make(product.image, product.mask)
    assert sum(s["pattern_found"] for s in found.scores) <= 1.0
    assert not all(found.passed)


def test_a_model_that_makes_nan_is_refused(product):
    make = Variants(patterns=["stripes"], model=Painter(np.nan))
    with pytest.raises(ValueError, match="`model` must make finite numbers"):
        make(product.image, product.mask)


def test_patterns_without_a_model_are_refused():
    with pytest.raises(ValueError, match="`patterns` need a `model`"):
        Variants(patterns=["stripes"])


def test_the_model_must_know_patterns():
    model = models.StarGAN(
        vectors={"color": 3}, image_size=16, width=4, num_blocks=1,
        discriminator_layers=2,
    )  # fmt: skip
    with pytest.raises(ValueError, match="must have the condition 'pattern'"):
        Variants(patterns=["stripes"], model=model)
