import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.data.degradation.light import from_linear
from keras_productgen.data.degradation.light import to_linear
from tests.editing.pictures import noise

GAINS = np.float32([0.9, 0.6, 0.35])


def in_warm_light(picture):
    light = to_linear(picture.astype("float32")) * GAINS
    return np.rint(from_linear(light)).astype("uint8")


def linear_mean(picture):
    return to_linear(picture.reshape(-1, 3).astype("float32")).mean(0)


def test_grey_world_makes_the_mean_of_light_neutral():
    made = editing.white_balance(in_warm_light(noise((64, 64, 3)) // 2))
    mean = linear_mean(made)
    assert np.ptp(mean) < 0.01 * mean.mean()


def test_white_patch_makes_the_lightest_neutral():
    picture = noise((64, 64, 3)) // 2
    picture[:8, :8] = 230
    made = editing.white_balance(in_warm_light(picture), "white_patch")
    assert np.ptp(made[:8, :8].astype(int), -1).max() <= 1


def test_picked_pixels_become_neutral_and_keep_their_luma():
    picture = noise((40, 40, 3)) // 2
    picture[10:15, 20:25] = 140
    warm = in_warm_light(picture)
    made = editing.white_balance(warm, "picked", point=(12, 22))
    patch = made[10:15, 20:25]
    assert np.ptp(patch.astype(int), -1).max() <= 1
    luma = [0.2126, 0.7152, 0.0722]
    before = linear_mean(warm[10:15, 20:25]) @ luma
    assert abs(linear_mean(patch) @ luma - before) < 0.005


def test_takes_the_cast_away_again():
    picture = noise((64, 64, 3)) // 2
    picture[10:15, 20:25] = 140
    made = editing.white_balance(
        in_warm_light(picture), "picked", point=(12, 22)
    )
    ratio = linear_mean(made) / linear_mean(picture)
    assert np.ptp(ratio) < 0.02


def test_hidden_pixels_do_not_count():
    picture = np.dstack([noise((20, 20, 3)), np.full((20, 20), 255, "uint8")])
    other = picture.copy()
    other[:10, :, 3] = picture[:10, :, 3] = 0
    other[:10, :, :3] = (255, 0, 0)
    np.testing.assert_array_equal(
        editing.white_balance(picture)[10:], editing.white_balance(other)[10:]
    )


def test_neutral_pictures_stay():
    picture = np.dstack([noise((20, 20))] * 3)
    np.testing.assert_array_equal(editing.white_balance(picture), picture)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"method": "retinex"}, "`method` must be one of"),
        ({"method": "picked"}, "`point` must be given"),
        ({"point": (1, 1)}, "`point` must be given"),
        ({"method": "picked", "point": (40, 0)}, "`point` must lie in"),
        ({"method": "picked", "point": (-1, 0)}, "`point` must be a finite"),
        ({"method": "picked", "point": (5, 5)}, "`point` must be grey"),
    ],
)
def test_refuses_what_has_no_sense(settings, message):
    picture = np.zeros((40, 40, 3), "uint8")
    picture[..., 0] = 200
    with pytest.raises(ValueError, match=message):
        editing.white_balance(picture, **settings)
