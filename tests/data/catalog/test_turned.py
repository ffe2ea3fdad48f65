"""The turntable: bottles, mugs and vases from every side."""

import numpy as np
import pytest

from keras_productgen.data.catalog import Item
from keras_productgen.data.catalog.item import TURNED
from keras_productgen.data.catalog.render import render
from keras_productgen.data.catalog.turned import PITCH
from keras_productgen.data.catalog.turned import Vessel
from keras_productgen.data.catalog.turned import surface_of

LABELLED = 3


def weight_on_the_right(product):
    columns = product.mask.sum(axis=0).astype(float)
    return (columns * np.linspace(-1, 1, len(columns))).sum() / columns.sum()


@pytest.mark.parametrize("category", TURNED)
def test_a_whole_turn_changes_nothing(category):
    item = Item(category, seed=1, pattern="chevron", view_angle=37.0)
    turned = render(item.replace(view_angle=397.0), 48)
    np.testing.assert_array_equal(render(item, 48).image, turned.image)
    np.testing.assert_array_equal(render(item, 48).depth, turned.depth)


@pytest.mark.parametrize("category", ["bottle", "vase"])
def test_a_turn_moves_the_pattern_but_not_the_outline(category):
    item = Item(category, seed=1, pattern="pinstripes")
    turned = render(item.replace(view_angle=97.0), 64)
    np.testing.assert_array_equal(render(item, 64).mask, turned.mask)
    assert (render(item, 64).image != turned.image).any(axis=2).mean() > 0.02


def test_the_handle_goes_around_the_mug():
    sides = [
        weight_on_the_right(render(Item("mug", seed=1, view_angle=angle), 64))
        for angle in (0.0, 90.0, 180.0, 270.0)
    ]
    right, front, left, back = sides
    assert right > 0.05 and left < -0.05
    assert abs(front) < 0.02 and abs(back) < 0.02


def test_the_handle_is_hidden_behind_the_mug():
    """It covers the middle of the mug in front, and nothing behind."""

    def sideways(angle):
        normals = render(Item("mug", seed=1, view_angle=angle), 96).normals
        return np.abs(normals[48, 43:54, 0]).max()

    behind, front = sideways(90.0), sideways(270.0)
    assert behind < 0.3 < 0.5 < front


def test_a_small_turn_moves_features_to_the_right():
    """The label's ink, the only green, moves with the front."""

    def ink(angle):
        image = render(
            Item(
                "bottle",
                seed=LABELLED,
                color=(0.8, 0.1, 0.1),
                second_color=(0.0, 0.7, 0.0),
                view_angle=angle,
            ),
            128,
        ).image.astype(int)
        green = image[..., 1] > np.maximum(image[..., 0], image[..., 2]) + 40
        green[:40] = False
        return np.nonzero(green)[1].mean()

    assert ink(-30.0) < ink(0.0) < ink(30.0)


def test_a_cylinder_is_cast_exactly():
    radius, half = 0.5, 0.6
    profile = np.array([[radius, -half], [radius, half]])
    surface = surface_of(Vessel(profile), Item("vase"), 200)
    middle, x = 100, (np.arange(200) + 0.5) / 100 - 1
    inside = np.abs(x) < 0.48
    z = np.sqrt(radius**2 - x[inside] ** 2)
    screen = -(0.5 / 100)
    y = (screen + z * np.sin(PITCH)) / np.cos(PITCH)
    depth = z * np.cos(PITCH) + y * np.sin(PITCH)
    np.testing.assert_allclose(surface.height[middle][inside], depth, atol=2e-3)
    normals = surface.normals[middle][inside]
    np.testing.assert_allclose(normals[:, 0], x[inside] / radius, atol=5e-3)
    np.testing.assert_allclose(
        normals[:, 2], z / radius * np.cos(PITCH), atol=5e-3
    )
