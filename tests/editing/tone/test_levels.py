import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise


def test_brightness_is_added_and_clipped():
    picture = np.uint8([[0, 100, 250]])
    np.testing.assert_array_equal(
        editing.adjust_brightness(picture, 0.1), [[26, 126, 255]]
    )
    np.testing.assert_array_equal(
        editing.adjust_brightness(picture, -0.1), [[0, 74, 224]]
    )


def test_contrast_is_spread_around_the_mean_of_each_channel():
    picture = np.uint8([[[100, 10, 0], [120, 30, 0]]])
    np.testing.assert_array_equal(
        editing.adjust_contrast(picture, 2.0), [[[90, 0, 0], [130, 40, 0]]]
    )


def test_contrast_of_zero_leaves_the_mean():
    made = editing.adjust_contrast(np.uint8([[0, 100, 200]]), 0.0)
    np.testing.assert_array_equal(made, [[100, 100, 100]])


def test_hidden_pixels_do_not_count_for_the_mean():
    picture = np.uint8([[[100] * 3 + [255], [120] * 3 + [9], [255] * 3 + [0]]])
    made = editing.adjust_contrast(picture, 2.0)
    np.testing.assert_array_equal(made[0, :2, 0], [90, 130])


def test_gamma_is_a_power():
    picture = np.arange(256, dtype="uint8")[None]
    made = editing.adjust_gamma(picture, 2.2, gain=0.9)
    expected = np.rint(255 * 0.9 * (np.arange(256) / 255) ** 2.2)
    assert abs(made[0].astype(int) - expected).max() <= 0


def test_saturation_keeps_luma_and_greys():
    picture = (80 + noise((16, 16, 3)) // 4).astype("uint8")
    luma = [0.2126, 0.7152, 0.0722]
    made = editing.adjust_saturation(picture, 1.5)
    assert abs(made @ luma - picture @ luma).max() < 1.0
    spread = np.ptp(made.astype(int), -1).mean()
    assert spread > 1.45 * np.ptp(picture.astype(int), -1).mean()
    grey = editing.adjust_saturation(picture, 0.0)
    assert np.ptp(grey, -1).max() == 0


@pytest.mark.parametrize(
    ("edit", "neutral"),
    [
        (editing.adjust_brightness, 0.0),
        (editing.adjust_contrast, 1.0),
        (editing.adjust_gamma, 1.0),
        (editing.adjust_saturation, 1.0),
    ],
)
def test_neutral_settings_change_nothing(edit, neutral):
    picture = noise((32, 32, 3))
    np.testing.assert_array_equal(edit(picture, neutral), picture)


@pytest.mark.parametrize(
    ("edit", "value", "name"),
    [
        (editing.adjust_brightness, 2.0, "delta"),
        (editing.adjust_contrast, -1.0, "factor"),
        (editing.adjust_gamma, 0.0, "gamma"),
        (editing.adjust_gamma, np.nan, "gamma"),
        (editing.adjust_saturation, "much", "factor"),
    ],
)
def test_refuses_settings_without_sense(edit, value, name):
    with pytest.raises(ValueError, match=f"`{name}` must be .*Received"):
        edit(noise((4, 4, 3)), value)
