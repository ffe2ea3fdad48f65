"""The picture and its ground truth agree, for every category."""

import cv2
import numpy as np
import pytest

from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.data.catalog import PATTERNS
from keras_productgen.data.catalog import Item
from keras_productgen.data.catalog.render import SURFACES
from keras_productgen.data.catalog.render import render
from keras_productgen.data.catalog.render import render_image

SHIRT_LIKE = ("longsleeve", "outwear", "shirt", "t-shirt")


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


@pytest.mark.parametrize(
    "change",
    [
        {"color": (0.9, 0.1, 0.1)},
        {"second_color": (0.1, 0.6, 0.2)},
        {"gloss": 0.9},
        {"light": (0.6, 0.3, 0.7)},
        {"background": "wood", "background_color": (0.6, 0.4, 0.3)},
        *({"pattern": pattern} for pattern in PATTERNS[1:]),
    ],
    ids=str,
)
def test_paint_and_light_leave_the_shape_alone(category, change):
    item = Item(category, seed=8, view_angle=15)
    before, after = render(item, 48), render(item.replace(**change), 48)
    np.testing.assert_array_equal(after.mask, before.mask)
    np.testing.assert_array_equal(after.depth, before.depth)
    np.testing.assert_array_equal(after.normals, before.normals)
    if change.keys() != {"second_color"}:
        assert (after.image != before.image).any()


def test_second_color_shows_in_a_pattern(category):
    item = Item(category, seed=8, pattern="checks", second_color=(0, 0.8, 0))
    before = render_image(item, 48)
    after = render_image(item.replace(second_color=(0.8, 0, 0)), 48)
    assert (before != after).any(axis=2).mean() > 0.03


def test_seed_changes_the_shape(category):
    masks = {
        render(Item(category, seed=s), 48).mask.tobytes() for s in range(6)
    }
    assert len(masks) == 6


@pytest.mark.parametrize(
    "change",
    [
        {"height": 0.0},
        {"height": 1.0},
        {"pattern": "dots"},
        {"gloss": 1.0},
        {"color": (0.1, 0.1, 0.1), "second_color": (0.9, 0.9, 0.9)},
        {"view_angle": 30.0},
    ],
    ids=str,
)
def test_no_attribute_disturbs_what_the_seed_draws(category, change):
    """Folds and trimmings stay, because as many numbers are drawn."""
    for seed in range(8):
        item, states = Item(category, seed=seed, height=0.5), []
        for variant in (item, item.replace(**change)):
            generator = np.random.default_rng(seed)
            SURFACES[category](variant, 16, generator)
            states.append(generator.bit_generator.state)
        assert states[0] == states[1]


def test_height_changes_the_shape(category):
    low = render(Item(category, seed=9, height=0.1), 48)
    high = render(Item(category, seed=9, height=0.9), 48)
    assert (low.mask != high.mask).mean() > 0.01


@pytest.mark.parametrize("category", SHIRT_LIKE)
def test_longer_sleeves_reach_further(category):
    def width(height):
        x0, y0, x1, y1 = render(
            Item(category, seed=3, height=height), 64
        ).bounding_box
        return (x1 - x0) / (y1 - y0)

    assert width(0.2) < width(0.9)


def test_light_from_the_left_brightens_the_left_side():
    item = Item("vase", seed=3, gloss=0.0, light=(-0.7, 0.2, 0.6))
    left = render_image(item, 64).astype(float)
    right = render_image(item.replace(light=(0.7, 0.2, 0.6)), 64)
    assert left[:, :32].mean() != pytest.approx(left[:, 32:].mean(), abs=2)
    inside = render(item, 64).mask == 255
    difference = (left - right).mean(axis=2) * inside
    assert difference[:, :32].sum() > 0 > difference[:, 32:].sum()


def test_gloss_adds_highlights():
    dark = (0.15, 0.15, 0.3)
    item = Item("mug", seed=3, color=dark, second_color=dark)
    inside = render(item, 64).mask == 255

    def brightest(gloss):
        image = render_image(item.replace(gloss=gloss), 64)
        return int(image[inside].max())

    assert brightest(1.0) > brightest(0.0) + 60


def test_the_shadow_darkens_the_backdrop_and_is_what_was_told(category):
    product = render(Item(category, seed=2), 64)
    outside = product.mask == 0
    seen = product.image[outside].mean(axis=1) / 255
    np.testing.assert_allclose(seen, 1 - product.shadow[outside], atol=0.003)
    assert seen.min() < 0.95


def test_the_picture_alone_is_the_products_picture(category):
    item = Item(category, seed=11, pattern="dots", background="textured")
    np.testing.assert_array_equal(
        render_image(item, 48), render(item, 48).image
    )
