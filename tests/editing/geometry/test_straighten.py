import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.data import ProductCatalog
from tests.editing.pictures import noise


def cutout_of(category):
    shown = ProductCatalog(128, seed=0, categories=[category])[0]
    return np.dstack([shown.image, shown.mask])


@pytest.mark.parametrize("category", ["t-shirt", "pants", "vase"])
@pytest.mark.parametrize("angle", [-17.0, -4.0, 9.0])
def test_tilts_of_products_are_found(category, angle):
    picture = cutout_of(category)
    upright = editing.estimate_tilt(picture)
    tilted = editing.straighten(picture, angle=angle)
    assert abs(upright) < 1.5
    assert editing.estimate_tilt(tilted) - upright == pytest.approx(
        angle, abs=1.5
    )
    assert abs(editing.estimate_tilt(editing.straighten(tilted))) < 1.5


def test_unsymmetric_products_are_laid_on_their_longest_side():
    wedge = np.zeros((80, 120), "uint8")
    for row in range(50):
        wedge[10 + row, 10 : 12 + 2 * row] = 255
    tilt = editing.estimate_tilt(noise((80, 120, 3)), wedge)
    hypotenuse = -np.degrees(np.arctan2(50, 100))
    assert tilt == pytest.approx(hypotenuse, abs=3.0)


def test_nothing_is_guessed_of_what_has_no_long_side():
    rows, columns = np.mgrid[:90, :90] - 44.5
    # A bean: three overlapping disks.
    bean = np.zeros((90, 90), bool)
    for y, x, radius in ((-15, -12, 20), (5, 12, 22), (22, 2, 14)):
        bean |= np.hypot(rows - y, columns - x) < radius
    assert editing.geometry.straighten._tilt_of_hull(bean.astype("f4")) == 0.0


def test_round_products_are_not_turned():
    rows, columns = np.mgrid[:90, :90] - 44.5
    disk = np.hypot(rows, columns) < 35
    assert editing.estimate_tilt(noise((90, 90, 3)), disk) == 0.0


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
