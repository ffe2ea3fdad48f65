import numpy as np
import pytest

from keras_productgen import editing

# Two feet and what is above them.
TABLE = np.zeros((60, 80), bool)
TABLE[10:20, 10:70] = True
TABLE[20:45, 10:20] = TABLE[20:45, 60:70] = True
EMPTY = np.zeros((20, 20), "uint8")


def test_each_foot_has_a_shadow_with_light_in_between():
    shadow = editing.contact_shadow(TABLE, 0.6)
    ground = shadow[45].astype(int)
    assert shadow.max() == round(0.6 * 255)
    assert ground[15] > 60 and ground[65] > 60
    assert ground[38:42].max() < 0.1 * ground[15]
    assert shadow[:30].max() < 8


def test_contact_shadows_fade_downwards_and_are_flat():
    shadow = editing.contact_shadow(TABLE, size=0.1)
    below = shadow[46:, 15].astype(int)
    assert (np.diff(below) <= 0).all() and below[-1] < 3
    box = np.argwhere(shadow > 40)
    tall, wide = np.ptp(box[box[:, 1] < 40], axis=0) + 1
    assert wide > 1.5 * tall


def test_soft_shadows_lie_where_they_are_told():
    matte = np.zeros((100, 100), "uint8")
    matte[30:50, 30:50] = 255
    shadow = editing.soft_shadow(matte, 0.5, (0.5, 1.0), 0.0)
    rows, columns = np.nonzero(shadow > 64)
    assert (rows.min(), columns.min()) == (40, 50)
    assert (rows.max(), columns.max()) == (59, 69)
    assert shadow.max() in (127, 128)


def test_blur_keeps_the_sum_of_a_soft_shadow():
    matte = np.zeros((100, 100), "uint8")
    matte[40:60, 40:60] = 255
    sums = [
        editing.soft_shadow(matte, 1.0, (0, 0), blur).sum(dtype=float)
        for blur in (0.0, 0.1, 0.3)
    ]
    assert max(sums) < 1.03 * min(sums)


def test_reflections_mirror_the_product_and_fade():
    picture = np.zeros((40, 10, 4), "uint8")
    picture[10:20, 2:8, :3] = np.arange(10, 20)[:, None, None]
    picture[10:20, 2:8, 3] = 255
    made = editing.reflection(picture, opacity=0.5, height=1.0)
    np.testing.assert_array_equal(made[20:30, 5, 0], np.arange(19, 9, -1))
    alpha = made[20:30, 5, 3].astype(int)
    assert (np.diff(alpha) < 0).all()
    assert alpha[0] == round(0.5 * 0.95 * 255) and alpha[-1] < 8
    assert not made[:20, :, 3].any() and not made[30:, :, 3].any()


def test_reflections_end_with_the_canvas():
    picture = np.full((12, 5, 4), 255, "uint8")
    assert not editing.reflection(picture)[..., 3].any()


@pytest.mark.parametrize("edit", [editing.contact_shadow, editing.soft_shadow])
def test_shadows_take_rgba_and_mattes_of_any_kind(edit):
    expected = edit(TABLE)
    for matte in (
        TABLE.astype("float32"),
        255 * TABLE.astype("uint8"),
        np.dstack([np.zeros((60, 80, 3)), 255 * TABLE]).astype("uint8"),
    ):
        np.testing.assert_array_equal(edit(matte), expected)


@pytest.mark.parametrize(
    "edit", [editing.contact_shadow, editing.soft_shadow, editing.reflection]
)
def test_refuses_empty_mattes_and_strange_opacities(edit):
    empty = np.dstack([EMPTY] * 4)
    with pytest.raises(ValueError, match="must hold a product"):
        edit(empty)
    with pytest.raises(ValueError, match="`opacity`"):
        edit(empty + 255, opacity=1.5)
