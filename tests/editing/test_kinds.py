"""What all edits of a picture owe, checked the same way for each."""

import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import SHAPES
from tests.editing.pictures import noise

EDITS = {
    "adjust_brightness": {"delta": 0.1},
    "adjust_contrast": {"factor": 1.5},
    "adjust_gamma": {"gamma": 0.7},
    "adjust_saturation": {"factor": 0.5},
    "equalize_histogram": {},
    "equalize_adaptive": {},
    "white_balance": {},
    "mean_filter": {"size": 5},
    "median_filter": {"size": 5},
    "gaussian_filter": {"sigma": 2.0},
    "bilateral_filter": {},
    "non_local_means": {},
    "unsharp_mask": {"halo_limit": 3.0},
    "homomorphic_filter": {},
}


def edited(name, picture):
    return getattr(editing, name)(picture, **EDITS[name])


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("name", EDITS)
def test_kind_and_size_stay(name, shape):
    made = edited(name, noise(shape))
    assert made.shape == shape and made.dtype == np.uint8


@pytest.mark.parametrize("name", EDITS)
def test_transparency_stays(name):
    picture = noise((24, 31, 4))
    np.testing.assert_array_equal(
        edited(name, picture)[..., 3], picture[..., 3]
    )


@pytest.mark.parametrize("name", EDITS)
def test_does_not_write_to_its_input(name):
    picture = noise((24, 31, 3))
    before = picture.copy()
    made = edited(name, picture)
    made[:] = 0
    np.testing.assert_array_equal(picture, before)


@pytest.mark.parametrize("name", EDITS)
def test_takes_views_of_other_order(name):
    picture = noise((31, 24, 3))
    view = picture.swapaxes(0, 1)[::-1, ::2]
    np.testing.assert_array_equal(
        edited(name, view), edited(name, np.ascontiguousarray(view))
    )


@pytest.mark.parametrize("name", EDITS)
def test_wholly_transparent_pictures_are_no_error(name):
    picture = noise((12, 12, 4))
    picture[..., 3] = 0
    assert edited(name, picture).shape == picture.shape


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((4, 4, 3), "float32"),
        np.zeros((4, 4, 2), "uint8"),
        np.zeros((0, 4, 3), "uint8"),
        np.zeros((2, 4, 4, 3), "uint8"),
    ],
    ids=["float", "two channels", "empty", "batch"],
)
@pytest.mark.parametrize("name", EDITS)
def test_refuses_what_is_no_picture(name, picture):
    with pytest.raises(ValueError, match="must be a uint8 array"):
        edited(name, picture)
