import json

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000
from skimage.color import rgb2lab

from keras_productgen import editing
from tests.editing.pictures import disk
from tests.editing.pictures import noise

MASK = disk(32, 10)
PICTURE = noise((32, 32, 3))


def white_outside(picture):
    made = picture.copy()
    made[~MASK] = 255
    return made


def refused(edit, picture=PICTURE, shift=None, **bounds):
    lock = editing.product_lock(MASK, **bounds)
    with pytest.raises(editing.ProductChangedError) as caught:
        lock(edit, picture, shift)
    return caught.value


def test_edits_of_the_surroundings_pass_and_are_proven():
    result = editing.product_lock(MASK)(white_outside, PICTURE)
    np.testing.assert_array_equal(result.image, white_outside(PICTURE))
    proof = json.loads(json.dumps(result.proof.to_dict()))
    assert proof["holds"] and proof["product_pixels"] == MASK.sum()
    assert proof["changed_pixels"] == proof["lost_pixels"] == 0
    assert proof["worst_position"] is None


def test_one_level_of_one_channel_of_one_pixel_is_found():
    def edit(picture):
        picture[14, 17, 1] ^= 1
        return picture

    proof = refused(edit).proof
    assert (proof.changed_pixels, proof.worst_difference) == (1, 1)
    assert proof.worst_position == (14, 17)
    before, after = np.array(proof.worst_before), np.array(proof.worst_after)
    np.testing.assert_array_equal(abs(before - after), [0, 1, 0, 0])


def test_the_message_says_the_figures():
    error = refused(lambda picture: 255 - picture)
    for part in ("pixels of the product changed", "the worst, at", "CIEDE2000"):
        assert part in str(error)


def test_color_differences_are_those_of_scikit_image():
    made = np.clip(PICTURE.astype(int) + [4, -3, 2], 0, 255).astype("uint8")
    lock = editing.product_lock(MASK, max_ciede2000=50.0)
    proof = lock(lambda picture: made, PICTURE).proof
    expected = deltaE_ciede2000(rgb2lab(PICTURE), rgb2lab(made))[MASK]
    assert proof.mean_ciede2000 == pytest.approx(expected.mean(), rel=1e-2)
    assert proof.worst_ciede2000 == pytest.approx(expected.max(), rel=1e-2)


def test_bounds_let_through_what_is_within():
    def edit(picture):
        return editing.adjust_brightness(picture, 2 / 255)

    lock = editing.product_lock(MASK, max_difference=2)
    assert lock(edit, PICTURE).proof.worst_difference == 2
    assert refused(edit, max_difference=1).proof.worst_difference == 2
    worst = lock(edit, PICTURE).proof.worst_ciede2000
    editing.product_lock(MASK, max_ciede2000=worst + 0.01)(edit, PICTURE)
    assert refused(edit, max_ciede2000=worst - 0.01)


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


def test_moved_products_pass_where_the_shift_is_said():
    lock = editing.product_lock(MASK)
    crop = lock(lambda picture: picture[4:30, 3:], PICTURE, shift=(-4, -3))
    assert crop.image.shape == (26, 29, 3) and crop.proof.shift == (-4, -3)
    padded = lock(
        lambda picture: (np.pad(picture, ((5, 0), (2, 9), (0, 0))), (5, 2)),
        PICTURE,
    )
    assert padded.proof.holds and padded.proof.shift == (5, 2)


def test_a_crop_into_the_product_is_refused_with_what_was_lost():
    proof = refused(lambda picture: picture[10:], shift=(-10, 0)).proof
    assert proof.lost_pixels == MASK[:10].sum() > 0


def test_a_wrong_shift_is_found():
    assert refused(lambda picture: picture[4:], shift=(-3, 0)).proof
    error = refused(lambda picture: (picture[4:], (-4, 0)), shift=(-3, 0))
    assert "must be what the edit says" in str(error)


def test_opaque_transparency_may_come_and_go():
    lock = editing.product_lock(MASK)
    alpha = np.where(MASK, 255, 0).astype("uint8")
    cut = lock(lambda picture: np.dstack([picture, alpha]), PICTURE)
    back = lock(lambda picture: picture[..., :3], cut.image)
    np.testing.assert_array_equal(back.image, PICTURE)


def test_proofs_name_the_bytes_they_are_about():
    lock = editing.product_lock(MASK)
    first = lock(white_outside, PICTURE).proof
    second = lock(lambda picture: picture, PICTURE).proof
    assert first.mask_sha256 == second.mask_sha256
    assert first.image_sha256 != second.image_sha256


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        (np.zeros((32, 32)), "must hold a product"),
        (np.zeros((0, 0)), "must be an array"),
        (np.zeros((32, 32, 3)), "must be an array"),
        (np.full((32, 32), 3.0), "bool, uint8, or floats"),
    ],
)
def test_refuses_masks_without_a_product(mask, message):
    with pytest.raises(ValueError, match=message):
        editing.product_lock(mask)


def test_refuses_bounds_and_pictures_that_do_not_fit():
    with pytest.raises(ValueError, match="max_difference"):
        editing.product_lock(MASK, max_difference=-1)
    with pytest.raises(ValueError, match="max_ciede2000"):
        editing.product_lock(MASK, max_ciede2000=np.nan)
    with pytest.raises(ValueError, match="as large as the mask"):
        editing.product_lock(MASK)(white_outside, PICTURE[1:])
    with pytest.raises(ValueError, match="`shift` must be"):
        editing.product_lock(MASK)(white_outside, PICTURE, shift=(0.5, 0))
