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


def test_moved_products_pass_where_the_shift_is_said():
    lock = editing.product_lock(MASK)
    crop = lock(lambda picture: picture[4:30, 3:], PICTURE, shift=(-4, -3))
    assert crop.image.shape == (26, 29, 3) and crop.proof.shift == (-4, -3)
    padded = lock(
        lambda picture: (np.pad(picture, ((5, 0), (2, 9), (0, 0))), (5, 2)),
        PICTURE,
    )
    assert padded.proof.holds and padded.proof.shift == (5, 2)


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
