"""What a product encloses is backdrop, product, or not to be told."""

import cv2
import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.data.annotations.foreground import filled
from keras_productgen.editing.matte.holes import find_holes
from keras_productgen.editing.matte.holes import opened

SIZE = 200
FROM_MIDDLE = np.hypot(*(np.mgrid[:SIZE, :SIZE] - 99.5))
INSIDE = FROM_MIDDLE < 41


def ring(backdrop, color=(150, 30, 30)):
    """A ring before a backdrop, a number or an array; and all within it."""
    picture = np.zeros((SIZE, SIZE, 3), "uint8")
    picture[:] = backdrop
    mask = np.zeros((SIZE, SIZE), "uint8")
    cv2.circle(mask, (100, 100), 55, 255, 26)
    picture[mask > 0] = color
    return picture, filled(mask > 0)


def share(part):
    return part[INSIDE].mean()


# Beside an edge JPEG mixes colours.
@pytest.mark.parametrize("quality, least", [(None, 0.98), (85, 0.8)])
def test_a_ring_is_open(quality, least):
    picture, mask = ring(180)
    if quality is not None:
        picture = images.load(images.encode(picture, "JPEG", quality=quality))
    holes = find_holes(picture, mask)
    assert share(holes.sure) > least
    assert holes.sure.sum() < 1.05 * INSIDE.sum()
    assert not holes.doubtful.any()


def test_a_hole_goes_on_with_the_gradient_of_the_backdrop():
    slope = np.linspace(120, 200, SIZE)[None, :, None].astype("uint8")
    picture, mask = ring(slope)
    assert share(find_holes(picture, mask).sure) > 0.95
    # A label has the backdrop's mean colour, and not its gradient.
    picture[INSIDE] = 160
    assert not find_holes(picture, mask).sure.any()


def test_white_within_before_white_cannot_be_told():
    picture, mask = ring(255)
    holes = find_holes(picture, mask)
    assert share(holes.doubtful) > 0.98 and not holes.sure.any()


def test_what_a_network_doubts_is_told():
    picture, mask = ring(255)
    alpha = 255 * mask.astype("uint8")
    assert not find_holes(picture, mask, alpha).sure.any()
    alpha[INSIDE] = 160
    holes = find_holes(picture, mask, alpha)
    assert share(holes.sure) > 0.98 and not holes.doubtful.any()


def test_a_doubt_alone_is_no_hole():
    picture, mask = ring(180)
    picture[INSIDE] = (150, 30, 30)
    holes = find_holes(picture, mask, np.full(mask.shape, 160, "uint8"))
    assert not (holes.sure | holes.doubtful).any()


def test_prints_in_the_colour_of_the_backdrop_stay():
    catalog = ProductCatalog(160, seed=4242, categories=["t-shirt", "skirt"])
    for index in range(4):
        item = catalog.item(index).replace(
            pattern="dots",
            background="gradient",
            background_color=(0.6, 0.7, 0.6),
            second_color=(0.6, 0.7, 0.6),
        )
        product = catalog.render(item)
        mask = product.mask >= 128
        holes = find_holes(product.image, mask)
        assert not holes.sure.any() and holes.doubtful.any()


def test_handles_of_mugs_are_open():
    catalog = ProductCatalog(
        200, seed=991, categories=["mug"], attributes={"background": "plain"}
    )
    wanted = found = unsure = lost = 0
    for index in range(6):
        product = catalog[index]
        solid = product.mask >= 128
        hole = filled(solid) & ~solid
        holes = find_holes(product.image, filled(solid))
        wanted += hole.sum()
        found += (hole & holes.sure).sum()
        unsure += (hole & holes.doubtful).sum()
        lost += (holes.sure & (product.mask == 255)).sum()
    assert wanted > 1000
    assert found >= 0.8 * wanted
    # One lies in the shadow of its handle.
    assert found + unsure >= 0.92 * wanted
    assert lost <= 0.01 * wanted


def test_specks_and_what_lies_at_the_outline_are_no_holes():
    picture, mask = ring(180)
    picture[INSIDE] = (150, 30, 30)
    picture[98:102, 98:102] = 180
    # A piece of backdrop that the matte takes along.
    mask[90:110, 168:190] = True
    holes = find_holes(picture, mask)
    assert not (holes.sure | holes.doubtful).any()


@pytest.mark.parametrize("value", [0, 255])
def test_without_product_or_backdrop_there_are_none(value):
    picture, _ = ring(180)
    mask = np.full((SIZE, SIZE), value, bool)
    holes = find_holes(picture, mask)
    assert not (holes.sure | holes.doubtful).any()


def test_an_opened_matte_is_soft_along_the_hole_and_the_same_elsewhere():
    picture, mask = ring(180)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.0)
    alpha = 255 * mask.astype("uint8")
    made = opened(alpha, picture, INSIDE)
    assert (made[FROM_MIDDLE < 38] < 128).all() and made[100, 100] == 0
    assert ((made > 20) & (made < 235)).any()
    far = FROM_MIDDLE > 50
    np.testing.assert_array_equal(made[far], alpha[far])
    nothing = np.zeros_like(mask)
    np.testing.assert_array_equal(opened(alpha, picture, nothing), alpha)


class Filling:
    """A network that sees the ring as a disc."""

    def matte(self, picture):
        _, mask = ring(180)
        return 255 * mask.astype("uint8")


def test_mattes_of_every_kind_keep_holes():
    picture, _ = ring(180)
    for alpha in (
        editing.find_matte(picture, "model", Filling()).alpha,
        editing.grabcut_matte(picture),
    ):
        assert alpha[100, 100] == 0 and alpha[100, 45] == 255
        assert (alpha[INSIDE] < 128).mean() > 0.98
