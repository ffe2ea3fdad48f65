import dataclasses

import numpy as np
import pytest
import tensorflow as tf

from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog.changing import changed


def small(**options):
    return ProductCatalog(16, **({"num_items": 26} | options))


def differences(item, other):
    before, after = dataclasses.asdict(item), dataclasses.asdict(other)
    return {name for name in before if before[name] != after[name]}


def test_element_spec_is_as_told():
    images, conditions = small().changes("color", 8).element_spec
    pictures = tf.TensorSpec((8, 16, 16, 3), tf.float32)
    colors = tf.TensorSpec((8, 3), tf.float32)
    assert images == pictures
    assert conditions == {
        "color": colors,
        "changed_images": pictures,
        "changed_color": colors,
    }


def test_one_attribute_changes_and_all_take_turns():
    catalog = small()
    names = ("color", "pattern", "view_angle")
    found = []
    for index in range(26):
        item = catalog.item(index)
        found.append(differences(item, changed(catalog, item, names, 0)))
    assert all(len(names) == 1 for names in found)
    assert set().union(*found) == set(names)


def test_pictures_are_those_of_the_catalogue_before_and_after():
    catalog = small()
    dataset = catalog.changes(
        ("color", "pattern"), 4, ("pattern", "color", "category"), shuffle=False
    )
    images, conditions = next(iter(dataset))
    for row in range(4):
        item = catalog.item(row)
        after = changed(catalog, item, ("color", "pattern"), 0)
        np.testing.assert_array_equal(images[row], catalog.render_image(item))
        np.testing.assert_array_equal(
            conditions["changed_images"][row], catalog.render_image(after)
        )
        np.testing.assert_allclose(conditions["color"][row], item.color)
        np.testing.assert_allclose(
            conditions["changed_color"][row], after.color
        )
        assert conditions["changed_pattern"][row] == after.pattern_id
        assert conditions["changed_category"][row] == item.category_id


def total(dataset):
    return sum(float(tf.reduce_sum(c["changed_images"])) for _, c in dataset)


def test_changes_are_the_same_in_every_pass_and_seeds_fix_them():
    cached = small().changes("color", 13, cache=True)
    assert total(cached) == total(cached) == total(small().changes("color", 13))
    assert total(cached) != total(small().changes("color", 13, seed=1))


def test_a_longer_catalogue_has_the_same_changes():
    item = small().item(3)
    long = ProductCatalog(16, num_items=10**9)
    assert changed(long, item, ("color",), 0) == changed(
        small(), item, ("color",), 0
    )


@pytest.mark.parametrize(
    "names", [(), "category", "taste", ("color", "color")], ids=str
)
def test_refuses_names_that_are_no_changes(names):
    with pytest.raises(ValueError, match="`names` must be different names"):
        small().changes(names)


def test_refuses_attributes_that_all_products_share():
    catalog = small(attributes={"pattern": "plain"}, num_items=40)
    with pytest.raises(ValueError, match="in which products differ"):
        catalog.changes("pattern")


def test_a_cache_of_both_pictures_must_fit():
    half = ProductCatalog(1024, num_items=200)
    half.dataset(cache=True)
    with pytest.raises(ValueError, match="`cache` must be False"):
        half.changes("color", cache=True)
