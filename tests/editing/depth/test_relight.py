import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.editing.depth.relight import _normals
from tests.editing.pictures import SHAPES
from tests.editing.pictures import noise
from tests.editing.pictures import product

rows, columns = (np.mgrid[:81, :81] - 40) / 81
BALL = 1.0 - np.sqrt(np.maximum(0.16 - rows**2 - columns**2, 0.0))
GREY = np.full((81, 81), 120, "uint8")


def test_light_from_the_right_lights_the_right():
    made = editing.relight(GREY, BALL, (1.0, 0.0, 0.5)).astype(int)
    assert made[40, 60] > 130 and made[40, 20] < 105
    assert abs(made[20, 40] - made[60, 40]) <= 1


def test_light_from_above_lights_the_top():
    made = editing.relight(GREY, BALL, (0.0, 1.0, 0.5)).astype(int)
    assert made[20, 40] > 130 and made[60, 40] < 105


def test_what_faces_the_viewer_keeps_its_bytes():
    picture = noise((30, 30, 3))
    made = editing.relight(picture, np.ones((30, 30)), (0.3, 0.8, 0.4))
    np.testing.assert_array_equal(made, picture)


def test_lambert_by_hand():
    # A slope of 1 in 1 to the right: its normal is (1, 0, 1) / sqrt(2).
    slope = (np.arange(10) / 10)[None].repeat(10, 0)
    made = editing.relight(
        np.full((10, 10), 100, "uint8"), slope, (1, 0, 1), ambient=0.0
    )
    # Lit fully, against cos(45) of what faces the viewer: sqrt(2) of the light.
    linear = 0.12744 * np.sqrt(2)
    expected = 255 * (1.055 * linear ** (1 / 2.4) - 0.055)
    assert abs(made.astype(int) - round(expected)).max() <= 1


def test_normals_are_those_of_the_catalogue():
    shown = product(128, index=11)
    inside = editing.product_mask.inside(shown.mask / np.float32(255), 4)
    normals = _normals(shown.depth, 1.0)[inside]
    assert inside.sum() > 500
    assert (normals * shown.normals[inside]).sum(-1).mean() > 0.9


def test_all_ambient_light_changes_nothing():
    picture = noise((81, 81, 4))
    made = editing.relight(picture, BALL, (1, 0, 1), ambient=1.0)
    np.testing.assert_array_equal(made, picture)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_takes_any_kind_and_size(shape):
    depth = np.random.default_rng(0).uniform(0, 1, shape[:2])
    made = editing.relight(noise(shape), depth, (1, 1, 1))
    assert made.shape == shape and made.dtype == np.uint8


def test_refuses_light_from_behind():
    for direction in ((1, 0, 0), (0, 0, -1), (1, 1), (0, np.nan, 1)):
        with pytest.raises(ValueError, match="`direction` must be"):
            editing.relight(GREY, BALL, direction)
    with pytest.raises(ValueError, match="`ambient`"):
        editing.relight(GREY, BALL, (0, 0, 1), ambient=2)
