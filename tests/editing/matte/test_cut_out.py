import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import editing


@pytest.fixture(scope="module")
def product():
    """Red on white, so that its edge is pink."""
    attributes = {
        "background": "plain",
        "background_color": (1.0, 1.0, 1.0),
        "pattern": "plain",
        "color": (0.75, 0.1, 0.1),
        "second_color": (0.75, 0.1, 0.1),
        "gloss": 0.0,
    }
    catalog = data.ProductCatalog(96, 3, ["t-shirt"], attributes=attributes)
    return catalog[0]


def test_the_product_keeps_its_bytes_and_the_matte_is_alpha(product):
    made = editing.cut_out(product.image, product.mask)
    np.testing.assert_array_equal(made[..., 3], product.mask)
    whole = product.mask >= 250
    np.testing.assert_array_equal(made[whole, :3], product.image[whole])


def test_the_old_backdrop_leaves_no_rim_on_a_new_one(product):
    made = editing.cut_out(product.image, product.mask)
    plain = np.dstack([product.image, product.mask])
    edge = (product.mask > 100) & (product.mask < 200)
    green = [
        editing.composite(cutout, (0, 0, 0))[edge][:, 1].mean()
        for cutout in (made, plain)
    ]
    assert edge.sum() > 20 and green[0] < 0.6 * green[1]


def test_edges_lose_the_colour_of_the_old_backdrop():
    photo = np.full((40, 40, 3), (0, 200, 0), "uint8")
    photo[:, 20:] = (200, 0, 0)
    photo[:, 19] = (100, 100, 0)
    alpha = np.zeros((40, 40), "uint8")
    alpha[:, 20:], alpha[:, 19] = 255, 128
    made = editing.cut_out(photo, alpha)
    assert (made[:, 19, :3] == (200, 0, 0)).all()
    np.testing.assert_array_equal(made[:, 20:, :3], photo[:, 20:])


def test_a_cut_out_is_returned_as_it_is(product):
    cutout = np.dstack([product.image, product.mask])
    made = editing.cut_out(cutout)
    np.testing.assert_array_equal(made, cutout)
    assert made is not cutout


def test_without_a_matte_it_is_looked_for(product):
    made = editing.cut_out(product.image, method="grabcut")
    matte = editing.find_matte(product.image, "grabcut").alpha
    np.testing.assert_array_equal(made[..., 3], matte)
    opaque = np.dstack([product.image, np.full_like(product.mask, 255)])
    np.testing.assert_array_equal(editing.cut_out(opaque, matte), made)


def test_grey_pictures_become_rgba(product):
    grey = product.image[..., 0]
    made = editing.cut_out(grey, product.mask)
    assert made.shape == (*grey.shape, 4)
    assert (made[..., 0] == made[..., 1]).all()


def test_refuses_a_matte_of_another_size(product):
    with pytest.raises(ValueError, match="as large as the image"):
        editing.cut_out(product.image, np.zeros((4, 4), bool))
