import numpy as np
import pytest

from keras_productgen.editing import latents as space


def test_rows_and_steps_stay_in_their_order():
    pictures = np.zeros((2, 3, 4, 4, 3), "float32")
    pictures[1, 2] = 1.0
    pictures[0, 1] = 0.5
    sheet = space.strip(pictures, value_range=(0, 1), padding=0)
    assert sheet.shape == (8, 12, 3) and sheet.dtype == np.uint8
    assert (sheet[4:, 8:] == 255).all()
    assert (sheet[:4, 4:8] == 128).all()
    assert (sheet[:, :4] == 0).all()


def test_refuses_pictures_without_rows():
    with pytest.raises(ValueError, match=r"\(3, 8, 8, 3\)"):
        space.strip(np.zeros((3, 8, 8, 3)))
