import cv2
import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise

# Soft blobs, with corners enough at 240 pixels.
SCENE = cv2.GaussianBlur(noise((240, 320, 3)), (0, 0), 2.0)
SCENE = cv2.normalize(SCENE, None, 0, 255, cv2.NORM_MINMAX)
MIDDLE = slice(30, -30), slice(30, -30)


def moved(matrix):
    return cv2.warpAffine(
        SCENE, np.float64(matrix), (320, 240), borderMode=cv2.BORDER_REFLECT
    )


def error(first, second):
    return abs(first[MIDDLE].astype(int) - second[MIDDLE]).mean()


@pytest.mark.parametrize("method", ["ecc", "features"])
@pytest.mark.parametrize("motion", ["affine", "homography"])
def test_small_turns_and_shifts_are_undone(method, motion):
    other = moved([[0.999, 0.02, 3.0], [-0.02, 1.001, -2.0]])
    first, second = editing.align([SCENE, other], method, motion)
    np.testing.assert_array_equal(first, SCENE)
    assert error(second, SCENE) < 0.15 * error(other, SCENE)


def test_other_light_does_not_matter_to_correlation():
    other = editing.adjust_gamma(moved([[1, 0, 4], [0, 1, 2]]), 0.6)
    _, second = editing.align([SCENE, other], motion="translation")
    lighter = editing.adjust_gamma(SCENE, 0.6)
    assert error(second, lighter) < 0.1 * error(other, lighter)


@pytest.mark.parametrize("method", ["ecc", "features"])
def test_pictures_of_something_else_are_refused(method):
    other = cv2.GaussianBlur(noise((240, 320, 3), 7), (0, 0), 2.0)
    for wrong in (other, np.zeros_like(other)):
        with pytest.raises(ValueError, match="picture 2, which could not"):
            editing.align([SCENE, SCENE, wrong], method)


@pytest.mark.parametrize(
    ("pictures", "settings"),
    [
        ([SCENE], {}),
        ([SCENE, SCENE[1:]], {}),
        ([SCENE, SCENE], {"method": "hope"}),
        ([SCENE, SCENE], {"motion": "dance"}),
    ],
)
def test_refuses_what_does_not_fit(pictures, settings):
    with pytest.raises(ValueError, match="must be"):
        editing.align(pictures, **settings)
