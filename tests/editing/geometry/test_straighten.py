import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise


@pytest.mark.parametrize(("angle", "turns"), [(90, 1), (180, 2), (-90, 3)])
def test_right_angles_lose_nothing(angle, turns):
    picture = noise((20, 31, 3))
    made = editing.straighten(picture, angle=angle).astype(int)
    assert made.shape == np.rot90(picture, turns).shape
    assert abs(made - np.rot90(picture, turns)).max() <= 1


def test_an_angle_of_0_changes_nothing():
    picture = noise((20, 31, 3))
    np.testing.assert_array_equal(
        editing.straighten(picture, angle=0.0), picture
    )


def test_the_canvas_grows_and_its_corners_are_background():
    picture = np.full((40, 60, 3), 9, "uint8")
    made = editing.straighten(picture, angle=30.0, background=(1, 2, 3))
    assert made.shape[0] > 60 and made.shape[1] > 70
    np.testing.assert_array_equal(made[0, 0], (1, 2, 3))
    with_matte = editing.straighten(picture, np.ones((40, 60)), 30.0)
    assert with_matte[0, 0, 3] == 0
    covered = with_matte[..., 3] / 255.0
    assert covered.sum() == pytest.approx(40 * 60, rel=0.02)


def test_hidden_colors_do_not_bleed():
    picture = np.zeros((40, 40, 4), "uint8")
    picture[..., :3] = (255, 0, 255)
    picture[10:30, 10:30] = (10, 200, 10, 255)
    made = editing.straighten(picture, angle=20.0)
    assert made[made[..., 3] > 8][:, 0].max() <= 12


def test_a_cutout_of_one_color_keeps_it_up_to_its_edge():
    picture = np.full((40, 40, 4), (200, 30, 30, 0), "uint8")
    picture[10:30, 10:30, 3] = 255
    made = editing.straighten(picture, angle=20.0)
    seen = made[made[..., 3] >= 64][:, :3].astype(int)
    assert abs(seen - (200, 30, 30)).max() <= 2


def test_refuses_to_guess_without_a_matte():
    with pytest.raises(ValueError, match="`matte` must be given"):
        editing.straighten(noise((20, 20, 3)))
    with pytest.raises(ValueError, match="`angle` must be"):
        editing.straighten(noise((20, 20, 3)), angle=np.nan)
    with pytest.raises(ValueError, match="`matte` must hold"):
        editing.straighten(noise((20, 20, 3)), np.zeros((20, 20)))


def test_products_as_thin_as_a_line_are_no_error():
    line = np.full((300, 1, 4), 255, "uint8")
    assert editing.straighten(line).shape[0] >= 300
