import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise

MATTE = np.zeros((40, 50), "uint8")
MATTE[10:20, 15:35] = 200


def test_box_is_where_the_matte_is():
    picture = noise((40, 50, 3))
    assert editing.product_box(picture, MATTE) == (10, 15, 20, 35)
    assert editing.product_box(picture, MATTE, 0.1) == (8, 13, 22, 37)


def test_margins_end_with_the_picture():
    picture = noise((40, 50, 3))
    assert editing.product_box(picture, MATTE, 5.0) == (0, 0, 40, 50)


def test_faint_pixels_are_no_product():
    matte = MATTE.copy()
    matte[0, 0] = 12
    assert editing.product_box(noise((40, 50)), matte)[:2] == (10, 15)


def test_crop_keeps_the_matte_in_step():
    picture = noise((40, 50, 3))
    made = editing.crop_to_product(picture, MATTE, 0.1)
    np.testing.assert_array_equal(made[..., :3], picture[8:22, 13:37])
    np.testing.assert_array_equal(made[..., 3], MATTE[8:22, 13:37])


def test_crop_passes_the_lock_with_the_shift_of_its_box():
    picture = np.dstack([noise((40, 50, 3)), MATTE])
    top, left, _, _ = editing.product_box(picture, margin=0.05)
    result = editing.product_lock(MATTE)(
        editing.crop_to_product, picture, shift=(-top, -left)
    )
    assert result.proof.holds and result.image.shape == (12, 22, 4)


def test_without_a_matte_all_is_product():
    picture = noise((9, 8, 3))
    np.testing.assert_array_equal(editing.crop_to_product(picture), picture)


def test_refuses_empty_mattes():
    with pytest.raises(ValueError, match="`matte` must hold a product"):
        editing.crop_to_product(noise((40, 50, 3)), np.zeros((40, 50)))
    with pytest.raises(ValueError, match="`matte` must be as large"):
        editing.crop_to_product(noise((40, 50, 3)), MATTE[1:])
    with pytest.raises(ValueError, match="`margin`"):
        editing.crop_to_product(noise((40, 50, 3)), MATTE, -0.1)
