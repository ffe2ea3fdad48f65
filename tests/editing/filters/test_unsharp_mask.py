import cv2
import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise
from tests.editing.pictures import product

EDGE = np.repeat(np.uint8([[60] * 10 + [90, 130] + [160] * 10]), 12, 0)


def test_grey_pictures_by_the_formula():
    picture = EDGE.astype("float32")
    blurred = cv2.GaussianBlur(picture, (0, 0), 2.0)
    expected = np.rint(picture + 0.7 * (picture - blurred))
    made = editing.unsharp_mask(EDGE, 2.0, 0.7)
    assert abs(made - expected).max() <= 1


def test_edges_become_steeper():
    made = editing.unsharp_mask(EDGE, 1.0, 1.0).astype(int)
    assert made[0, 11] - made[0, 10] > 40


@pytest.mark.parametrize("limit", [0.0, 5.0, 12.0])
def test_halos_stay_below_their_limit(limit):
    made = editing.unsharp_mask(EDGE, 1.5, 3.0, limit).astype(int)
    free = editing.unsharp_mask(EDGE, 1.5, 3.0).astype(int)
    assert free.max() > 180 and free.min() < 40
    assert made.max() == 160 + limit and made.min() == 60 - limit
    assert made[0, 11] - made[0, 10] > 40


def test_edges_get_no_colors():
    picture = product().image
    change = editing.unsharp_mask(picture, 1.0, 1.0).astype(int) - picture
    # Where no channel was clipped, all changed alike.
    free = ((picture > 60) & (picture < 200)).all(-1)
    assert free.sum() > 100 and abs(change[free]).max() > 3
    assert np.ptp(change[free], -1).max() <= 1


def test_nothing_is_added_at_an_amount_of_0():
    picture = noise((20, 20, 3))
    np.testing.assert_array_equal(
        editing.unsharp_mask(picture, 1.0, 0.0), picture
    )


def test_refuses_settings_without_sense():
    with pytest.raises(ValueError, match="radius"):
        editing.unsharp_mask(EDGE, 0.0)
    with pytest.raises(ValueError, match="halo_limit"):
        editing.unsharp_mask(EDGE, halo_limit=-1)
