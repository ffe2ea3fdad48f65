import numpy as np
import pytest

from keras_productgen import data
from keras_productgen.evaluation import control
from keras_productgen.evaluation.control import product_color
from keras_productgen.evaluation.control.probe import fit_probe
from tests.evaluation.clusters import clusters


@pytest.fixture(scope="module")
def products():
    catalog = data.ProductCatalog(
        64, attributes={"background": "white", "pattern": "plain"}
    )
    return [catalog[index] for index in range(39)]


def test_a_probe_is_judged_on_pictures_it_has_not_seen():
    ids = np.arange(300) % 3
    generator = np.random.default_rng(0)
    # Nothing to learn, and enough features to learn it by heart.
    noise = generator.normal(size=(300, 200))
    assert fit_probe(clusters(ids), ids).accuracy > 0.98
    assert fit_probe(noise, ids).accuracy < 0.45


def test_a_category_with_too_few_pictures_is_not_judged():
    ids = np.array([0] * 20 + [1] * 20 + [2] * 3)
    probe = fit_probe(clusters(ids), ids)
    np.testing.assert_array_equal(probe.ids, [0, 1])
    assert fit_probe(clusters(ids)[20:], ids[20:]) is None


def test_a_model_that_listens_is_told_from_one_that_does_not():
    labels = np.arange(120) % 3
    asked = np.arange(90) % 3
    real = clusters(labels)
    heard = control.category_control(real, labels, clusters(asked, 1), asked)
    assert heard.share > 0.95
    assert heard.interval[0] < heard.share <= heard.interval[1]
    assert heard.real_share > 0.95
    assert heard.chance == pytest.approx(1 / 3, abs=0.03)
    deaf = control.category_control(
        real, labels, clusters(np.zeros(90, int), 1), asked
    )
    assert deaf.share == pytest.approx(deaf.chance, abs=0.02)
    assert deaf.shares == {0: 1.0, 1: 0.0, 2: 0.0}


def test_the_mask_is_that_of_the_product(products):
    overlaps = []
    for product in products:
        truth = product.mask > 127 if product.mask.max() > 1 else product.mask
        mask = product_color.estimated_mask(product.image)
        truth = np.asarray(truth, bool).reshape(mask.shape)
        overlaps.append((mask & truth).sum() / (mask | truth).sum())
    assert np.median(overlaps) > 0.8


def test_the_color_is_that_of_the_product(products):
    asked = np.array([product.item.color for product in products])
    images = np.stack([product.image for product in products])
    found = control.color_control(images, asked, images, asked)
    assert found.num_judged > 35
    assert found.difference < 0.4 * found.chance
    assert found.real_difference == pytest.approx(found.difference)
    assert found.interval[0] < found.difference < found.interval[1]
    deaf = control.color_control(images, np.roll(asked, 7, axis=0))
    assert deaf.difference > 0.6 * deaf.chance
    assert deaf.real_difference is None


def test_a_flat_square_has_its_color_and_its_difference_by_hand():
    image = np.full((32, 32, 3), 255, "uint8")
    image[8:24, 8:24] = (255, 0, 0)
    np.testing.assert_allclose(product_color.product_color(image), (1, 0, 0))
    black, white = np.zeros((1, 3)), np.ones((1, 3))
    difference = product_color.color_difference(black, white)
    np.testing.assert_allclose(difference, 100.0, atol=0.01)


def test_a_picture_without_a_product_has_no_color():
    blank = np.full((4, 16, 16, 3), 200, "uint8")
    assert np.isnan(product_color.product_color(blank[0])).all()
    assert control.color_control(blank, np.ones((4, 3))) is None
