import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import cutout
from tests.editing.pictures import disk
from tests.editing.pictures import noise

BLACK, WHITE = np.zeros((1, 1, 3), "uint8"), np.full((1, 1, 3), 255, "uint8")


def test_half_white_on_black_is_half_of_the_light():
    # sRGB of linear 128/255: 1.055 * 0.50196**(1/2.4) - 0.055 = 0.7366.
    made = editing.composite(WHITE, BLACK, np.uint8([[128]]))
    np.testing.assert_array_equal(made, np.full((1, 1, 3), 188))


def test_grey_on_another_grey_by_hand():
    # Linear light of levels 200 and 100 is 0.57758 and 0.12744.
    made = editing.composite(
        np.uint8([[200]]), np.uint8([[100]]), np.uint8([[77]])
    )
    linear = 77 / 255 * 0.57758 + 178 / 255 * 0.12744
    expected = 255 * (1.055 * linear ** (1 / 2.4) - 0.055)
    assert expected == pytest.approx(140.0, abs=0.3) and made[0, 0] == 140


def test_over_a_transparent_background_by_hand():
    front = np.uint8([[[255, 0, 0, 128]]])
    back = np.uint8([[[0, 0, 255, 128]]])
    cover = 128 / 255
    alpha = cover + (1 - cover) * cover
    red = cover / alpha
    made = editing.composite(front, back)[0, 0]
    assert made[3] == round(255 * alpha) == 192
    expected = 255 * (1.055 * red ** (1 / 2.4) - 0.055)
    assert made[0] == round(expected) and made[1] == 0


def test_covered_and_uncovered_pixels_keep_their_bytes():
    front, back = noise((64, 64, 3), 1), noise((64, 64, 3), 2)
    mask = disk()
    made = editing.composite(front, back, mask)
    np.testing.assert_array_equal(made[mask], front[mask])
    np.testing.assert_array_equal(made[~mask], back[~mask])
    for kind in ((), (1,)):
        greys = noise((64, 64, *kind), 4), noise((64, 64, *kind), 5)
        made = editing.composite(*greys, mask)
        np.testing.assert_array_equal(made[mask], greys[0][mask])
        np.testing.assert_array_equal(made[~mask], greys[1][~mask])
    back = noise((64, 64, 4), 3)
    made = editing.composite(front, back, mask)
    np.testing.assert_array_equal(made[~mask], back[~mask])
    np.testing.assert_array_equal(made[mask][:, :3], front[mask])


def test_the_product_lock_holds_on_white():
    picture = cutout()
    result = editing.product_lock(picture[..., 3] == 255)(
        lambda photo: editing.composite(photo, 255), picture
    )
    assert result.image.shape == (64, 64, 3) and result.proof.holds
    assert (result.image[picture[..., 3] == 0] == 255).all()


def test_no_dark_fringe_where_colors_are_alike():
    white = np.dstack([np.full((20, 40, 3), 255, "uint8")] * 1)
    ramp = np.linspace(0, 1, 40)[None].repeat(20, 0)
    made = editing.composite(white, 255, ramp)
    np.testing.assert_array_equal(made, white)


def test_hidden_colors_do_not_show():
    picture = np.zeros((4, 4, 4), "uint8")
    picture[..., :3] = (255, 0, 255)
    np.testing.assert_array_equal(
        editing.composite(picture, noise((4, 4, 3))), noise((4, 4, 3))
    )


@pytest.mark.parametrize(
    "position", [(2, 3), (-2, -1), (7, 8), (-50, 0), (0, 50)]
)
def test_what_hangs_over_is_cut(position):
    front, back = noise((5, 4, 3), 1), noise((9, 10, 3), 2)
    expected = np.pad(back, ((60, 60), (60, 60), (0, 0)))
    top, left = position[0] + 60, position[1] + 60
    expected[top : top + 5, left : left + 4] = front
    np.testing.assert_array_equal(
        editing.composite(front, back, position=position),
        expected[60:69, 60:70],
    )


def test_colors_stand_for_pictures():
    back = np.full((1, 2, 3), (1, 2, 3), "uint8")
    made = editing.composite((9, 8, 7), back, np.array([[0.0, 1.0]]))
    np.testing.assert_array_equal(made, [[[1, 2, 3], [9, 8, 7]]])
    assert editing.composite(noise((3, 4)), 7).shape == (3, 4)
    assert editing.composite(noise((3, 4)), (7, 7, 9)).shape == (3, 4, 3)


def test_does_not_write_to_its_inputs():
    front, back = noise((5, 5, 4), 1), noise((5, 5, 3), 2)
    before = front.copy(), back.copy()
    editing.composite(front, back)[:] = 0
    np.testing.assert_array_equal(front, before[0])
    np.testing.assert_array_equal(back, before[1])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 255), "`foreground` must be a picture, or a colour"),
        ((noise((4, 4, 3)), 256), "`background` must be a grey or an RGB"),
        ((noise((4, 4, 3)), 0, np.ones((3, 4))), "`matte` must be as large"),
        ((noise((4, 4, 3)), 0, None, (0.5, 0)), "`position` must be"),
        ((noise((4, 4, 2)), 0), "`foreground` must be a uint8"),
    ],
)
def test_refuses_what_does_not_fit(arguments, message):
    with pytest.raises(ValueError, match=message):
        editing.composite(*arguments)
