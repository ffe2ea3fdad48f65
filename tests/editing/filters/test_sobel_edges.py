import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import SHAPES
from tests.editing.pictures import cutout
from tests.editing.pictures import noise


def test_a_step_has_its_height_on_both_sides_and_nowhere_else():
    step = np.zeros((8, 10), "uint8")
    step[:, 5:] = 200
    expected = np.zeros((8, 10), "uint8")
    expected[:, 4:6] = 200
    for turned in (np.rot90(step, k) for k in range(4)):
        made = editing.sobel_edges(turned)
        assert sorted(set(made.ravel())) == [0, 200]
    np.testing.assert_array_equal(editing.sobel_edges(step), expected)


def test_black_to_white_is_255():
    step = np.zeros((8, 10), "uint8")
    step[4:] = 255
    assert editing.sobel_edges(step).max() == 255


def test_hues_of_one_lightness_have_an_edge():
    picture = np.full((8, 8, 3), (120, 60, 60), "uint8")
    picture[:, 4:] = (60, 78, 60)
    assert editing.sobel_edges(picture).max() == 60


def test_the_edge_of_transparency_is_none():
    picture = cutout()
    picture[..., :3] = 99
    picture[picture[..., 3] == 0, :3] = 255
    assert not editing.sobel_edges(picture).any()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_map_of_the_size_comes_of_any_kind(shape):
    made = editing.sobel_edges(noise(shape))
    assert made.shape == shape[:2] and made.dtype == np.uint8
