import numpy as np

from keras_productgen.editing.pixels import to_light
from keras_productgen.pipeline.studio_shot import lighting


def test_a_light_photo_gets_no_more_light(photo):
    assert lighting.gain_of(photo, "auto", 0.0) == 1.0


def test_a_dark_photo_gets_light_up_to_a_stop_and_then_two(photo):
    dark = (photo * 0.5).astype("uint8")
    black = (photo * 0.05).astype("uint8")
    gain = lighting.gain_of(dark, "auto", 1.0)
    lightest = np.percentile(dark.max(-1), 99.5)
    wanted, there = to_light(np.uint8([235, lightest]))
    assert 1.0 < gain <= 4.0
    assert gain == min(4.0, wanted / there)
    assert lighting.gain_of(black, "auto", 0.0) == 2.0
    assert lighting.gain_of(black, "auto", 1.0) == 4.0


def test_black_clothes_in_good_light_stay_black():
    photo = np.full((80, 80, 3), 220, "uint8")
    photo[20:60, 20:60] = 12
    assert lighting.gain_of(photo, "auto", 0.0) == 1.0


def test_a_gain_of_two_is_twice_the_light():
    made = lighting.lightened(np.full((4, 4, 3), 100, "uint8"), 2.0)
    ratio = to_light(made)[0, 0, 0] / to_light(np.uint8(100))
    assert abs(ratio - 2.0) < 0.03


def test_light_from_the_right_falls_on_the_right():
    cutout = np.full((90, 90, 4), 128, "uint8")
    y, x = np.mgrid[-1:1:90j, -1:1:90j]
    cutout[..., 3] = np.where(x * x + y * y < 0.7, 255, 0)
    made, _, settings = lighting.relit(cutout, (1.0, 0.0, 0.5), 1.0)
    rim = (0.55 < x * x + y * y) & (x * x + y * y < 0.65) & (abs(y) < 0.4)
    right, left = (made[rim & side][:, 0].mean() for side in (x > 0, x < 0))
    assert right > left + 20.0
    np.testing.assert_array_equal(made[..., 3], cutout[..., 3])


def test_nothing_changes_where_it_is_left_out(photo):
    cutout = np.dstack([photo, photo[..., 0]])
    made, method, _ = lighting.relit(cutout, None, 3.0)
    assert made is cutout and method == "left out"
