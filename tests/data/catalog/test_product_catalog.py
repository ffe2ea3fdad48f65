import hashlib
import subprocess
import sys

import numpy as np
import pytest

from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.data.catalog import Item

INDICES = (0, 3, 10, 11, 12, 20)


def digest(catalog, indices=INDICES):
    sha = hashlib.sha256()
    for index in indices:
        product = catalog[index]
        for array in (product.image, product.mask, product.depth):
            sha.update(np.ascontiguousarray(array).tobytes())
        sha.update(product.caption_zh.encode())
    return sha.hexdigest()


def test_same_seed_gives_same_bytes_in_another_process():
    program = (
        "from tests.data.catalog import test_product_catalog as t;"
        "print(t.digest(t.ProductCatalog(32, seed=4)))"
    )
    # A new process hashes strings differently; nothing may depend on it.
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split()[-1] == digest(ProductCatalog(32, seed=4))


def test_length_order_and_threads_do_not_matter():
    small = ProductCatalog(32, seed=4, num_items=30)
    large = ProductCatalog(32, seed=4, num_items=10**12)
    expected = [small[index].image for index in INDICES]
    items = [large.item(index) for index in reversed(INDICES)]
    products = large.render_batch(items, workers=3)[::-1]
    for image, product in zip(expected, products):
        np.testing.assert_array_equal(image, product.image)


def test_other_seeds_give_other_products():
    first, second = ProductCatalog(32, seed=0), ProductCatalog(32, seed=1)
    assert all(first.item(i) != second.item(i) for i in range(50))


def test_categories_take_turns():
    catalog = ProductCatalog(32)
    found = [catalog.item(index).category for index in range(26)]
    assert found == list(CATEGORIES) * 2
    hats = ProductCatalog(32, categories=("hat", "mug"))
    assert [hats.item(i).category_id for i in range(4)] == [1, 11, 1, 11]


def test_items_are_of_every_kind():
    items = [ProductCatalog(32).item(index) for index in range(600)]
    for field in ("pattern", "background"):
        values = [getattr(item, field) for item in items]
        assert min(values.count(v) for v in set(values)) > 20
    assert len({item.seed for item in items}) == 600
    heights = [item.height for item in items]
    assert min(heights) < 0.05 and max(heights) > 0.95


def test_two_colors_of_an_item_differ():
    items = [ProductCatalog(32).item(index) for index in range(300)]
    gaps = [np.subtract(i.color, i.second_color) for i in items]
    assert np.mean(np.linalg.norm(gaps, axis=1) > 0.3) > 0.98


def test_categories_can_be_told_by_their_outline():
    """Nearest mean of small masks; chance would be 1 in 13."""
    catalog = ProductCatalog(16, seed=2, num_items=13 * 36)
    masks = np.stack(
        [catalog[i].mask.ravel() / 255 for i in range(len(catalog))]
    )
    labels = np.arange(len(catalog)) % 13
    seen, unseen = slice(0, 13 * 24), slice(13 * 24, None)
    means = np.stack(
        [masks[seen][labels[seen] == c].mean(0) for c in range(13)]
    )
    distances = ((masks[unseen][:, None] - means) ** 2).sum(axis=2)
    accuracy = (distances.argmin(axis=1) == labels[unseen]).mean()
    assert accuracy > 0.75


def test_behaves_like_a_sequence():
    catalog = ProductCatalog(16, num_items=3)
    assert len(catalog) == 3
    assert catalog.item(-1) == catalog.item(2)
    assert catalog.item(np.int64(1)) == catalog.item(1)
    assert len(list(catalog)) == 3
    with pytest.raises(IndexError, match="3 items.*index=3"):
        catalog.item(3)


def test_contact_sheet_has_a_column_for_each_category():
    catalog = ProductCatalog(16, categories=("hat", "mug", "vase"))
    sheet = catalog.contact_sheet(rows=4, padding=0)
    assert sheet.shape == (64, 48, 3) and sheet.dtype == np.uint8
    np.testing.assert_array_equal(sheet[16:32, :16], catalog[3].image)


@pytest.mark.parametrize(
    "arguments",
    [
        {"image_size": 15},
        {"image_size": 1025},
        {"image_size": 32.5},
        {"seed": -1},
        {"seed": None},
        {"num_items": 0},
        {"categories": ("sofa",)},
        {"categories": ()},
        {"categories": ("hat", "hat")},
    ],
    ids=str,
)
def test_refuses_nonsense(arguments):
    (name,) = arguments
    with pytest.raises(ValueError, match=f"`{name}` must .*Received: {name}="):
        ProductCatalog(**arguments)


def test_an_unknown_category_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="dress.*vase.*sofa"):
        ProductCatalog(categories="sofa")


def test_renders_items_only():
    with pytest.raises(ValueError, match="`item` must be an `Item`"):
        ProductCatalog(16).render(3)
    assert ProductCatalog(16).render(Item("mug")).image.shape == (16, 16, 3)


def test_shared_attributes_hold_for_all_items_and_change_nothing_else():
    plain = ProductCatalog(32, seed=3)
    shared = {"background": "white", "pattern": "dots"}
    catalog = ProductCatalog(32, seed=3, attributes=shared)
    for index in range(20):
        assert catalog.item(index) == plain.item(index).replace(**shared)
    assert (catalog[4].image[0, 0] == 255).all()


@pytest.mark.parametrize(
    "attributes",
    [{"category": "hat"}, {"colour": (0, 0, 0)}, {"pattern": "tartan"}],
)
def test_shared_attributes_that_cannot_be(attributes):
    with pytest.raises(ValueError, match="must be.*Received"):
        ProductCatalog(32, attributes=attributes)
