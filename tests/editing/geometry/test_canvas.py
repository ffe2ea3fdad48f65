import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import SHAPES
from tests.editing.pictures import cutout
from tests.editing.pictures import noise


def test_margins_are_where_they_are_told():
    picture = noise((5, 6, 3))
    made = editing.pad_canvas(picture, (1, 2, 3, 4), (9, 8, 7))
    assert made.shape == (8, 13, 3)
    np.testing.assert_array_equal(made[1:6, 3:9], picture)
    made[1:6, 3:9] = (9, 8, 7)
    assert (made == (9, 8, 7)).all()


def test_margins_are_transparent_where_there_is_a_matte():
    picture = noise((5, 6, 3))
    made = editing.pad_canvas(picture, 2, matte=np.ones((5, 6)))
    assert made.shape == (9, 10, 4)
    assert made[..., 3].sum() == 5 * 6 * 255 and not made[0, :, 3].any()


def test_padding_passes_the_lock_with_its_shift():
    picture = noise((9, 9, 3))
    result = editing.product_lock(np.ones((9, 9)))(
        lambda photo: (editing.pad_canvas(photo, (4, 0, 3, 1)), (4, 3)), picture
    )
    assert result.proof.holds


@pytest.mark.parametrize("size", [(90, 60), (60, 90), 64])
def test_the_product_fills_the_frame_but_for_its_margin(size):
    made = editing.fit_canvas(cutout(), size, 0.1)
    height, width = (size, size) if size == 64 else size
    assert made.shape == (height, width, 4)
    top, left, bottom, right = editing.product_box(made)
    border = round(0.1 * min(height, width))
    fills = (
        (bottom - top) / (height - 2 * border),
        (right - left) / (width - 2 * border),
    )
    assert 0.95 <= max(fills) <= 1.03
    assert abs(top - (height - bottom)) <= 2
    assert abs(left - (width - right)) <= 2


def test_without_a_matte_the_picture_fills_the_frame():
    made = editing.fit_canvas(np.full((10, 20, 3), 9, "uint8"), 60, 0.1, 200)
    assert (made[:6] == 200).all() and (made[:, :6] == 200).all()
    assert (made[22:38, 8:52] == 9).all()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_any_kind_comes_back_in_the_size_asked_for(shape):
    picture = noise(shape)
    picture.reshape(-1)[-1] = 255
    made = editing.fit_canvas(picture, (33, 20))
    assert made.shape == (33, 20, *shape[2:]) and made.dtype == np.uint8


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda p: editing.pad_canvas(p, -1), "`margins` must be"),
        (lambda p: editing.pad_canvas(p, (1, 2)), "`margins` must be"),
        (lambda p: editing.pad_canvas(p, 1, 300), "`background` must be"),
        (lambda p: editing.fit_canvas(p, 0), "size must be a positive"),
        (lambda p: editing.fit_canvas(p, 9, 0.5), "`margin` must be"),
        (
            lambda p: editing.fit_canvas(p, 9, matte=np.zeros((5, 6))),
            "`matte` must hold",
        ),
    ],
)
def test_refuses_what_does_not_fit(edit, message):
    with pytest.raises(ValueError, match=message):
        edit(noise((5, 6, 3)))
