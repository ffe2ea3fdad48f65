import keras
import numpy as np
import pytest

from keras_productgen.augmentation import DiffAugment
from keras_productgen.augmentation.diff_augment import change_colors
from keras_productgen.augmentation.diff_augment import cut_out
from keras_productgen.augmentation.diff_augment import shift
from tests.augmentation.differentiable import check_gradient
from tests.augmentation.differentiable import pictures
from tests.augmentation.differentiable import slow_on_jax
from tests.checks import check_config_round_trip
from tests.checks import to_numpy


def integers(*values):
    return keras.ops.convert_to_tensor(np.array(values, "int32"))


def floats(*values):
    return keras.ops.convert_to_tensor(np.array(values, "float32"))


@pytest.mark.backends
def test_colors_against_the_paper_by_hand():
    images = pictures(2)
    changed = to_numpy(
        change_colors(
            keras.ops.convert_to_tensor(images),
            floats(0.25, 0.0),
            floats(0.5, 1.0),
            floats(1.5, 1.0),
        )
    )
    expected = images[0] + 0.25
    grey = expected.mean(axis=-1, keepdims=True)
    expected = (expected - grey) * 0.5 + grey
    expected = (expected - expected.mean()) * 1.5 + expected.mean()
    np.testing.assert_allclose(changed[0], expected, atol=1e-5)
    np.testing.assert_allclose(changed[1], images[1], atol=1e-6)


@pytest.mark.backends
def test_what_a_shift_uncovers_is_grey():
    images = pictures(2)
    moved = to_numpy(shift(images, integers(2, -1), integers(-3, 0)))
    expected = np.zeros_like(images)
    expected[0, 2:, :-3] = images[0, :-2, 3:]
    expected[1, :-1] = images[1, 1:]
    np.testing.assert_array_equal(moved, expected)


def test_cut_out_is_clipped_at_the_border():
    images = pictures(2)
    cut = to_numpy(
        cut_out(
            keras.ops.convert_to_tensor(images),
            integers(-2, 5),
            integers(1, 6),
            4,
            3,
        )
    )
    expected = images.copy()
    expected[0, :2, 1:4] = 0
    expected[1, 5:, 6:] = 0
    np.testing.assert_array_equal(cut, expected)


def test_shifts_go_an_eighth_to_each_side_and_all_of_them_occur():
    images = np.zeros((400, 16, 8, 3), "float32")
    images[:, 8, 4] = 1.0
    layer = DiffAugment("translation", seed=0)
    moved = to_numpy(layer(images, training=True))[..., 0]
    rows, columns = np.argwhere(moved)[:, 1:].T
    assert {*(rows - 8)} == {-2, -1, 0, 1, 2}
    assert {*(columns - 4)} == {-1, 0, 1}
    assert abs(np.mean(rows - 8)) < 0.25


def test_cut_outs_are_half_as_large_and_never_outside():
    images = np.ones((300, 8, 8, 3), "float32")
    layer = DiffAugment("cutout", seed=0)
    cut = to_numpy(layer(images, training=True))[..., 0] == 0
    areas = cut.sum(axis=(1, 2))
    # A corner shows a quarter of it, the middle the whole.
    assert areas.min() == 4 and areas.max() == 16
    assert cut.any(axis=0).all()


def test_color_changes_stay_within_the_ranges_of_the_paper():
    images = np.zeros((200, 8, 8, 3), "float32")
    layer = DiffAugment("color", seed=0)
    brightness = to_numpy(layer(images, training=True)).mean(axis=(1, 2, 3))
    assert -0.5 <= brightness.min() < -0.4 and 0.4 < brightness.max() <= 0.5
    assert abs(brightness.mean()) < 0.1


@slow_on_jax
@pytest.mark.backends
def test_gradients_reach_the_images():
    check_gradient(lambda: DiffAugment(seed=4), pictures())


def test_leaves_pictures_alone_outside_training():
    images = pictures()
    np.testing.assert_array_equal(to_numpy(DiffAugment()(images)), images)


@pytest.mark.backends
def test_one_seed_draws_anew_at_every_call_and_the_same_for_each_layer():
    images = pictures()
    first, other = DiffAugment(seed=3), DiffAugment(seed=3)
    drawn = [to_numpy(first(images, training=True)) for _ in range(2)]
    again = [to_numpy(other(images, training=True)) for _ in range(2)]
    np.testing.assert_array_equal(drawn, again)
    assert np.abs(drawn[0] - drawn[1]).max() > 0.1


def test_policy_chooses_what_changes():
    images = pictures()
    check_config_round_trip(DiffAugment("cutout, color", seed=3))
    cut = to_numpy(DiffAugment("cutout", seed=0)(images, training=True))
    np.testing.assert_array_equal(cut[cut != 0], images[cut != 0])


@pytest.mark.parametrize("policy", ["", "colour", "color,flip"])
def test_words_that_are_no_policy(policy):
    with pytest.raises(ValueError, match=f"Received: policy='{policy}'"):
        DiffAugment(policy)
