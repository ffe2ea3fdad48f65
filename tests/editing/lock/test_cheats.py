"""Edits that try to get a changed product past the lock."""

import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import disk
from tests.editing.pictures import noise

MASK = disk(32, 10)
PICTURE = noise((32, 32, 3))


def refused(edit, picture=PICTURE, shift=None, **bounds):
    lock = editing.product_lock(MASK, **bounds)
    with pytest.raises(editing.ProductChangedError) as caught:
        lock(edit, picture, shift)
    return caught.value


def test_one_level_of_one_channel_of_one_pixel_is_found():
    def edit(picture):
        picture[14, 17, 1] ^= 1
        return picture

    proof = refused(edit).proof
    assert (proof.changed_pixels, proof.worst_difference) == (1, 1)
    assert proof.worst_position == (14, 17)
    before, after = np.array(proof.worst_before), np.array(proof.worst_after)
    np.testing.assert_array_equal(abs(before - after), [0, 1, 0, 0])


def test_a_bound_of_color_alone_does_not_hide_transparency():
    def edit(picture):
        return np.dstack([picture, np.where(MASK, 128, 255).astype("uint8")])

    proof = refused(edit, max_ciede2000=3.0).proof
    assert proof.worst_difference == 127


@pytest.mark.parametrize(
    "edit",
    [
        lambda picture: picture[..., ::-1],
        lambda picture: picture[::-1],
        lambda picture: np.roll(picture, 1, 0),
        lambda picture: np.where(MASK[..., None], picture ^ 1, picture),
        lambda picture: np.dstack([picture, np.where(MASK, 254, 0)]).astype(
            "uint8"
        ),
    ],
    ids=["channels", "upside down", "moved", "last bit", "alpha"],
)
def test_cheats_that_keep_the_shape_are_found(edit):
    assert refused(edit).proof.changed_pixels > 0


@pytest.mark.parametrize(
    "edit",
    [
        lambda picture: picture.astype("float32"),
        lambda picture: picture.astype("int64"),
        lambda picture: picture[:-1],
        lambda picture: picture.repeat(2, 0),
        lambda picture: picture[None],
        lambda picture: picture[:0],
        lambda picture: None,
    ],
    ids=["float", "int", "cropped", "larger", "batch", "empty", "nothing"],
)
def test_cheats_that_change_the_kind_are_refused(edit):
    assert refused(edit).proof is None


def test_the_picture_may_not_be_changed_in_place():
    picture = PICTURE.copy()

    def edit(given):
        given[MASK] = 0
        return given

    refused(edit, picture)
    np.testing.assert_array_equal(picture, PICTURE)


def test_the_original_may_not_be_changed_behind_the_proof():
    picture = PICTURE.copy()

    def edit(given):
        # The caller's own array, as closures have it.
        picture[MASK] = 7
        return picture

    assert refused(edit, picture).proof.changed_pixels > 0


def test_a_view_written_to_later_does_not_reach_the_result():
    kept = []

    def edit(picture):
        kept.append(picture)
        return picture[:]

    result = editing.product_lock(MASK)(edit, PICTURE)
    kept[0][:] = 0
    np.testing.assert_array_equal(result.image, PICTURE)
    with pytest.raises(ValueError, match="read-only"):
        result.image[0, 0] = 1


def test_the_mask_cannot_be_emptied_by_the_edit():
    mask = MASK.copy()
    lock = editing.product_lock(mask)

    def edit(picture):
        mask[:] = False
        return 255 - picture

    with pytest.raises(editing.ProductChangedError):
        lock(edit, PICTURE)


def test_a_crop_into_the_product_is_refused_with_what_was_lost():
    proof = refused(lambda picture: picture[10:], shift=(-10, 0)).proof
    assert proof.lost_pixels == MASK[:10].sum() > 0


def test_a_wrong_shift_is_found():
    assert refused(lambda picture: picture[4:], shift=(-3, 0)).proof
    error = refused(lambda picture: (picture[4:], (-4, 0)), shift=(-3, 0))
    assert "must be what the edit says" in str(error)
