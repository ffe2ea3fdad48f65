"""What `restore` owes: any picture, and not a bit changed outside the mask."""

import numpy as np
import pytest

from keras_productgen import models
from tests.models.cases import INPAINTING


@pytest.fixture(scope="module")
def model():
    return INPAINTING["DeepFill"]()


def picture(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, "uint8")


def some_mask(height, width, share=0.3):
    return np.random.default_rng(1).random((height, width)) < share


def box(height, width, rows, columns):
    mask = np.zeros((height, width), bool)
    mask[slice(*rows), slice(*columns)] = True
    return mask


@pytest.mark.parametrize(
    "shape", [(1, 2, 3), (3, 31, 3), (20, 17, 4), (20, 9), (20, 9, 1)]
)
def test_outside_the_mask_not_a_bit_is_changed(model, shape):
    image, mask = picture(*shape), some_mask(*shape[:2])
    mask[0, 0], mask[0, 1] = True, False
    filled = model.restore(image, mask)
    assert filled.shape == shape and filled.dtype == "uint8"
    np.testing.assert_array_equal(filled[~mask], image[~mask])
    assert np.any(filled[mask] != image[mask])
    if shape[-1] == 4:
        np.testing.assert_array_equal(filled[..., 3], image[..., 3])


@pytest.mark.backends
def test_what_is_in_the_hole_has_no_say(model):
    image, mask = picture(20, 17, 3), box(20, 17, (5, 9), (2, 12))
    other = image.copy()
    other[mask] = 255 - other[mask]
    np.testing.assert_array_equal(
        model.restore(image, mask), model.restore(other, mask)
    )


def test_any_number_above_0_marks_a_hole(model):
    image, mask = picture(9, 9, 3), box(9, 9, (3, 5), (3, 5))
    expected = model.restore(image, mask)
    for value in (1, 255):
        numbers = (mask * value).astype("uint8")
        np.testing.assert_array_equal(model.restore(image, numbers), expected)


# One cell, several, thicker than the network sees, and the largest of all.
@pytest.mark.parametrize(
    "rows, columns",
    [
        ((10, 12), (10, 12)),
        ((10, 12), (2, 38)),
        ((5, 25), (5, 30)),
        ((1, 40), (1, 40)),
    ],
    ids=["small", "long", "thick", "nearly all"],
)
def test_hole_in_one_color_gets_that_color(model, rows, columns):
    image = np.zeros((40, 40, 3), "uint8") + np.array([200, 90, 30], "uint8")
    mask = box(40, 40, rows, columns)
    spoiled = image.copy()
    spoiled[mask] = 0
    filled = model.restore(spoiled, mask)
    assert np.abs(filled.astype(int) - image).max() <= 4


def test_thick_hole_is_smooth_from_rim_to_rim(model):
    ramp = np.linspace(40, 220, 40)[:, None, None] + np.zeros((40, 40, 3))
    image, mask = ramp.astype("uint8"), box(40, 40, (8, 32), (8, 32))
    filled = model.restore(image, mask).astype(float)
    assert np.abs(filled - ramp)[mask].mean() < 25
    rows = filled[8:32, 12:28].mean(axis=(1, 2))
    assert rows[0] < rows[12] < rows[-1]


def test_picture_without_a_hole_comes_back_as_another_array(model):
    image = picture(1, 1, 3)
    filled = model.restore(image, np.zeros((1, 1), bool))
    np.testing.assert_array_equal(filled, image)
    assert filled is not image


@pytest.mark.parametrize(
    "mask",
    [
        np.zeros((9, 8), bool),
        np.zeros((9, 9), "float32"),
        np.zeros((9, 9, 3), bool),
        np.ones((9, 9), bool),
    ],
    ids=lambda array: f"{array.dtype} {array.shape} {array.max()}",
)
def test_masks_that_do_not_fit_are_refused(model, mask):
    with pytest.raises(ValueError, match="`mask` must.*Received"):
        model.restore(picture(9, 9, 3), mask)


def test_what_is_no_picture_is_refused(model):
    mask = some_mask(9, 9)
    with pytest.raises(ValueError, match="`picture` must be"):
        model.restore(picture(9, 9, 3).astype("float32"), mask)


def test_packed_model_fills_the_same(model, tmp_path):
    models.pack(model, tmp_path / "inpaint.npz", {})
    unpacked = models.unpack(tmp_path / "inpaint.npz")
    image, mask = picture(12, 12, 3), box(12, 12, (3, 6), (3, 8))
    difference = model.restore(image, mask).astype(int) - unpacked.restore(
        image, mask
    )
    assert np.abs(difference).max() <= 1
