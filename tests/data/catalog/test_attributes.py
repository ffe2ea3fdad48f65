"""What each attribute of an item changes, and what it leaves alone."""

import numpy as np
import pytest

from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.data.catalog import PATTERNS
from keras_productgen.data.catalog import Item
from keras_productgen.data.catalog.render import SURFACES
from keras_productgen.data.catalog.render import render
from keras_productgen.data.catalog.render import render_image

SHIRT_LIKE = ("longsleeve", "outwear", "shirt", "t-shirt")


@pytest.fixture(params=CATEGORIES)
def category(request):
    return request.param


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
