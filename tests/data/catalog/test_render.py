"""The picture and its ground truth agree, for every category."""

import cv2
import numpy as np
import pytest

from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.data.catalog import Item
from keras_productgen.data.catalog.render import render


def solid(product):
    """Inside the product, away from its edge."""
    inside = (product.mask == 255).astype("uint8")
    return cv2.erode(inside, np.ones((3, 3), "uint8")) > 0


def lab(colors):
    pixels = np.asarray(colors, "float32").reshape(1, -1, 3)
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2Lab)[0]


@pytest.fixture(params=CATEGORIES)
def category(request):
    return request.param


def test_shapes_and_dtypes_are_as_told(category):
    product = render(Item(category, seed=1), 40)
    assert product.image.shape == (40, 40, 3)
    assert product.image.dtype == product.mask.dtype == np.uint8
    assert product.mask.shape == product.depth.shape == (40, 40)
    assert product.normals.shape == (40, 40, 3)
    floats = (product.depth, product.normals, product.shadow)
    assert {array.dtype for array in floats} == {np.dtype("float32")}
    assert 0.0 <= product.shadow.min() < product.shadow.max() <= 1.0


@pytest.mark.parametrize("image_size", [16, 33, 200])
def test_any_size_shows_the_same_product(category, image_size):
    item = Item(category, seed=5, view_angle=10)
    product, reference = render(item, image_size), render(item, 64)
    share = (product.mask / 255).mean()
    assert share == pytest.approx((reference.mask / 255).mean(), abs=0.03)


def test_mask_has_soft_edges_and_a_clear_border(category):
    mask = render(Item(category, seed=2), 64).mask
    border = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert border.max() == 0
    assert 0.08 < (mask == 255).mean() < 0.75
    assert ((mask > 0) & (mask < 255)).sum() > 20


def test_depth_is_nearer_exactly_where_the_mask_is(category):
    product = render(Item(category, seed=3, view_angle=20), 64)
    np.testing.assert_array_equal(product.depth < 1.0, product.mask >= 128)
    assert product.depth.min() > 0.0


def test_normals_are_unit_vectors_that_face_the_viewer(category):
    product = render(Item(category, seed=4, view_angle=-20), 64)
    lengths = np.linalg.norm(product.normals, axis=2)
    np.testing.assert_allclose(lengths, 1.0, atol=1e-5)
    assert product.normals[..., 2].min() > 0.0
    outside = product.normals[product.mask < 128]
    assert (outside == (0.0, 0.0, 1.0)).all()


def test_normals_follow_the_depth():
    """Where the depth is smooth, its slope is that of the normals."""
    product = render(Item("vase", seed=4), 200)
    inside = cv2.erode((product.mask == 255).astype("uint8"), np.ones((9, 9)))
    left_to_right = -np.gradient(product.depth * 200, axis=1)
    steep = product.normals[..., 2] > 0.5
    slope = -product.normals[..., 0] / product.normals[..., 2]
    chosen = (inside > 0) & steep
    assert chosen.sum() > 1000
    error = np.abs(left_to_right - slope)[chosen]
    assert np.median(error) < 0.03


def test_bounding_box_is_tight(category):
    product = render(Item(category, seed=6), 64)
    x0, y0, x1, y1 = product.bounding_box
    inside = product.mask >= 128
    assert inside[y0:y1, x0:x1].sum() == inside.sum()
    assert inside[y0, x0:x1].any() and inside[y1 - 1, x0:x1].any()
    assert inside[y0:y1, x0].any() and inside[y0:y1, x1 - 1].any()


@pytest.mark.parametrize("color", [(0.75, 0.2, 0.15), (0.2, 0.45, 0.7)])
def test_a_matt_plain_product_has_the_asked_color(category, color):
    item = Item(category, seed=7, color=color, second_color=color, gloss=0.0)
    product = render(item, 64)
    seen = lab(np.median(product.image[solid(product)], axis=0) / 255)[0]
    asked = lab(color)[0]
    # Light and shade move the lightness, and with it the chroma.
    assert abs(seen[0] - asked[0]) < 13
    turned = np.arctan2(*seen[1:]) - np.arctan2(*asked[1:])
    assert abs(np.degrees(turned)) < 8
    assert 0.75 < np.linalg.norm(seen[1:]) / np.linalg.norm(asked[1:]) < 1.1


def test_a_face_square_to_the_viewer_keeps_its_color():
    item = Item("skirt", seed=1, color=(0.5, 0.5, 0.5), gloss=0.0)
    product = render(item, 128)
    square = solid(product) & (product.normals[..., 2] > 0.999)
    assert np.median(product.image[square]) == pytest.approx(127.5, abs=8)
