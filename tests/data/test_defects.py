"""Planted faults: seen, inside the product, and where the mask says."""

import numpy as np
import pytest

from keras_productgen import data

SHIRTS = data.ProductCatalog(64, categories=["shirt"], num_items=4)
KINDS = ("stain", "tear", "missing")


@pytest.mark.parametrize("kind", KINDS)
def test_the_mask_is_where_the_picture_changed(kind):
    item = SHIRTS.item(1)
    defect = data.plant(item, kind, 64, seed=3)
    change = np.abs(defect.image.astype(int) - SHIRTS.render_image(item))
    np.testing.assert_array_equal(defect.mask, change.max(-1) > 8)
    np.testing.assert_array_equal(defect.sound_image, SHIRTS.render_image(item))
    assert 2 <= defect.mask.sum() < 0.1 * defect.mask.size
    # On the product: its mask and its outline stay.
    product = SHIRTS.render(item)
    assert product.mask[defect.mask].min() > 0
    outline = defect.product.mask.astype(int) - product.mask
    assert np.abs(outline).max() <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_plants_the_same_fault(kind):
    first, second, other = (
        data.plant(SHIRTS.item(2), kind, 64, seed=seed).image
        for seed in (5, 5, 6)
    )
    np.testing.assert_array_equal(first, second)
    assert np.any(first != other)


def test_a_missing_button_leaves_the_cloth_around_it():
    item = SHIRTS.item(1).replace(
        pattern="plain", color=(0.9, 0.8, 0.2), view_angle=0.0
    )
    defect = data.plant(item, "missing", 128, seed=0)
    rows, columns = np.nonzero(defect.mask)
    # A button lies on the middle line.
    assert abs(columns.mean() - 63.5) < 4
    # The button is dark, the cloth yellow.
    dark = defect.sound_image[defect.mask, 0].mean()
    assert defect.image[defect.mask, 0].mean() > dark + 30


def test_a_tear_has_depth():
    item = SHIRTS.item(0)
    torn = data.plant(item, "tear", 128, seed=1)
    sound = data.ProductCatalog(128).render(item)
    deeper = torn.product.depth - sound.depth
    assert deeper[torn.mask].max() > 0.005
    far = ~torn.mask & (sound.mask > 250)
    assert np.abs(deeper[far]).mean() < 0.1 * deeper[torn.mask].max()


def test_every_category_can_be_stained_and_torn():
    for index, category in enumerate(data.catalog.CATEGORIES):
        item = data.catalog.Item(category, seed=index)
        for kind in ("stain", "tear"):
            assert data.plant(item, kind, 48, seed=index).mask.any()


def test_refuses_unknown_kinds_and_products_without_small_parts():
    with pytest.raises(ValueError, match="kind='hole'"):
        data.plant(SHIRTS.item(0), "hole")
    plain = data.catalog.Item("vase")
    with pytest.raises(ValueError, match="without"):
        data.plant(plain, "missing")
