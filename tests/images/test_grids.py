import numpy as np
import pytest

from keras_productgen import images


def test_pictures_lie_row_by_row_on_white():
    batch = np.arange(5, dtype="uint8")[:, None, None, None] * np.ones(
        (1, 4, 6, 3), "uint8"
    )
    sheet = images.grid(batch, columns=3, padding=2)
    assert sheet.shape == (2 * 6 + 2, 3 * 8 + 2, 3)
    assert sheet.dtype == np.uint8
    for index in range(5):
        top, left = 2 + index // 3 * 6, 2 + index % 3 * 8
        cell = sheet[top : top + 4, left : left + 6]
        np.testing.assert_array_equal(cell, index)
    assert (sheet[8:12, 18:24] == 255).all()
    assert (sheet[:2] == 255).all() and (sheet[:, 6 + 2 : 8 + 2] == 255).all()


def test_sheet_is_about_square():
    assert images.grid(np.zeros((9, 8, 8, 3)), padding=0).shape == (24, 24, 3)


def test_floats_are_rounded_and_clipped():
    batch = np.full((1, 1, 1, 3), (-4.0, 99.6, 260.0))
    sheet = images.grid(batch, padding=0)
    assert sheet[0, 0].tolist() == [0, 100, 255]


@pytest.mark.parametrize("shape", [(4, 8, 8), (0, 8, 8, 3), (2, 8, 8, 1)])
def test_wrong_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="images.shape"):
        images.grid(np.zeros(shape))


def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="columns=0"):
        images.grid(np.zeros((1, 8, 8, 3)), columns=0)
    with pytest.raises(ValueError, match="padding=-1"):
        images.grid(np.zeros((1, 8, 8, 3)), padding=-1)
