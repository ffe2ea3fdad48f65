import keras
import numpy as np
import pytest
from keras import ops
from scipy import ndimage

from keras_productgen.augmentation import random_transforms
from keras_productgen.augmentation.adaptive_augment import recolor
from keras_productgen.augmentation.adaptive_augment import warp
from keras_productgen.augmentation.random_transforms import Draws
from tests.augmentation.differentiable import pictures
from tests.checks import to_numpy

# Places among the draws, in the order in which `random_transforms` takes them.
PLACES = ["mirror", "quarters", "whole", "zoom", "turn", "stretch", "turn_2",
          "moved"]  # fmt: skip
COLORS = ["brightness", "contrast", "luma", "hue", "saturation"]
UNIFORM = ["mirror", "quarters", "across", "down", "turn", "turn_2", "luma",
           "hue"]  # fmt: skip
NORMAL = ["zoom", "stretch", "across", "down", "brightness", "contrast",
          "saturation"]  # fmt: skip


def draws_with(changes, uniform=None, normal=None):
    """Draws for one picture that choose the named changes alone."""

    def row(names, values, default):
        values = [values.get(name, default) for name in names]
        return ops.convert_to_tensor(np.array([values], "float32"))

    return Draws(
        row(PLACES + COLORS, dict.fromkeys(changes, 0.0), 0.99),
        row(UNIFORM, uniform or {}, 0.5),
        row(NORMAL, normal or {}, 0.0),
        ops.convert_to_tensor(np.float32(0.5)),
    )


def warped(image, *changes, uniform=None, normal=None):
    draws = draws_with(changes, uniform, normal)
    matrix = random_transforms.geometry(draws, *image.shape[:2])
    return to_numpy(warp(ops.convert_to_tensor(image[None]), matrix))[0]


def recolored(image, *changes, uniform=None, normal=None):
    draws = draws_with(changes, uniform, normal)
    random_transforms.geometry(draws, *image.shape[:2])
    matrix = random_transforms.colors(draws)
    return to_numpy(recolor(ops.convert_to_tensor(image[None]), matrix))[0]


def picture(height=12, width=9):
    return pictures(1, height, width)[0]


@pytest.mark.backends
def test_what_is_not_chosen_changes_nothing():
    drawn = dict.fromkeys(UNIFORM, 0.9), dict.fromkeys(NORMAL, 2.0)
    image = picture()
    kept = warped(image, uniform=drawn[0], normal=drawn[1])
    np.testing.assert_array_equal(kept, image)
    kept = recolored(image, uniform=drawn[0], normal=drawn[1])
    np.testing.assert_allclose(kept, image, atol=1e-6)


def test_mirrors_left_and_right_in_half_of_the_cases():
    image = picture()
    mirrored = warped(image, "mirror", uniform={"mirror": 0.5})
    np.testing.assert_array_equal(mirrored, image[:, ::-1])
    kept = warped(image, "mirror", uniform={"mirror": 0.49})
    np.testing.assert_array_equal(kept, image)


@pytest.mark.parametrize("quarters", range(4))
def test_turns_by_quarters(quarters):
    image = picture(8, 8)
    drawn = {"quarters": quarters / 4 + 0.1}
    turned = warped(image, "quarters", uniform=drawn)
    np.testing.assert_allclose(turned, np.rot90(image, quarters), atol=1e-5)


@pytest.mark.backends
def test_whole_pixels_move_exactly_and_the_edge_is_mirrored():
    image = picture(16, 8)
    # 2 * 0.0 - 1 and 2 * 1.0 - 1 of an eighth of the size.
    moved = warped(image, "whole", uniform={"across": 0.0, "down": 1.0})
    expected = np.pad(image, ((2, 0), (0, 1), (0, 0)), "reflect")[:16, 1:]
    np.testing.assert_array_equal(moved, expected)


@pytest.mark.parametrize(
    "changes, uniform, normal, matrix",
    [
        (["zoom"], {}, {"zoom": 5.0}, [[0.5, 0], [0, 0.5]]),
        (["stretch"], {}, {"stretch": 5.0}, [[2.0, 0], [0, 0.5]]),
        (["turn"], {"turn": 0.625}, {}, "turned by 45 degrees"),
        (
            ["zoom", "turn_2"],
            {"turn_2": 0.625},
            {"zoom": -5.0},
            "turned, half as large",
        ),
    ],
)
def test_warp_agrees_with_scipy(changes, uniform, normal, matrix):
    image = picture(16, 12)
    if isinstance(matrix, str):  # In (y, x), as SciPy has it.
        half = np.sqrt(0.5) * (2.0 if "half" in matrix else 1.0)
        matrix = [[half, half], [-half, half]]
    middle = np.array([7.5, 5.5])
    offset = middle - np.array(matrix) @ middle
    expected = np.stack(
        [
            ndimage.affine_transform(
                image[..., channel], matrix, offset, order=1, mode="mirror"
            )
            for channel in range(3)
        ],
        axis=-1,
    )
    moved = warped(image, *changes, uniform=uniform, normal=normal)
    np.testing.assert_allclose(moved, expected, atol=1e-4)


def test_fractions_of_a_pixel_are_interpolated():
    image = picture(8, 8)
    moved = warped(image, "moved", normal={"across": 0.5, "down": 0.0})
    expected = (image[:, :-1] + image[:, 1:]) / 2
    np.testing.assert_allclose(moved[:, 1:], expected, atol=1e-5)


def test_colors_by_hand():
    image = picture()
    grey = image.mean(axis=-1, keepdims=True)
    expected = {
        "brightness": image + 0.2 * 2.0,
        "contrast": image * 2.0 ** (0.5 * 2.0),
        "luma": image - 2 * grey,
        "saturation": grey + (image - grey) * 2.0**2.0,
        # A third of the circle puts every channel in another's place.
        "hue": np.roll(image, 1, axis=-1),
    }
    uniform = {"luma": 0.7, "hue": (1 + 2 / 3) / 2}
    normal = dict.fromkeys(["brightness", "contrast", "saturation"], 2.0)
    for change, colors in expected.items():
        changed = recolored(image, change, uniform=uniform, normal=normal)
        np.testing.assert_allclose(changed, colors, atol=1e-5, err_msg=change)


def test_brightness_comes_before_contrast():
    changed = recolored(
        picture() * 0,
        "brightness",
        "contrast",
        normal={"brightness": 1.0, "contrast": 2.0},
    )
    np.testing.assert_allclose(changed, 0.2 * 2.0, atol=1e-6)


def test_probability_is_that_of_each_change():
    count = 4000
    seed = keras.random.SeedGenerator(0)
    chances = keras.random.uniform((count, 13), seed=seed)
    draws = Draws(
        chances,
        keras.random.uniform((count, 8), seed=seed),
        keras.random.normal((count, 7), seed=seed),
        ops.convert_to_tensor(np.float32(0.3)),
    )
    matrices = to_numpy(random_transforms.geometry(draws, 16, 16))
    moved = np.abs(matrices - np.eye(3)).max(axis=(1, 2)) > 1e-6
    # A mirror does nothing in half of its cases, a quarter in a fourth.
    kept = (1 - 0.15) * (1 - 0.225) * (1 - 0.3) ** 5
    assert moved.mean() == pytest.approx(1 - kept, abs=0.03)
    changed = to_numpy(random_transforms.colors(draws))
    changed = np.abs(changed - np.eye(4)).max(axis=(1, 2)) > 1e-6
    kept = (1 - 0.15) * (1 - 0.3) ** 4
    assert changed.mean() == pytest.approx(1 - kept, abs=0.03)
