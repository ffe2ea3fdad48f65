import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise


def test_hues_by_hand():
    picture = np.uint8([[[255, 0, 0], [0, 255, 0], [0, 0, 128], [255, 255, 0]]])
    made = editing.to_hsv(picture)[0]
    np.testing.assert_allclose(
        made,
        [[0, 1, 1], [1 / 3, 1, 1], [2 / 3, 1, 128 / 255], [1 / 6, 1, 1]],
        atol=1e-6,
    )


def test_way_and_back_loses_nothing():
    levels = np.arange(0, 256, 5, dtype="uint8")
    picture = np.stack(np.meshgrid(levels, levels, levels), -1)
    picture = picture.reshape(52, -1, 3)
    np.testing.assert_array_equal(
        editing.from_hsv(editing.to_hsv(picture)), picture
    )


def test_hues_go_round():
    hsv = editing.to_hsv(noise((8, 8, 3)))
    turned = hsv + np.float32([1, 0, 0])
    made = editing.from_hsv(turned).astype(int)
    assert abs(made - editing.from_hsv(hsv)).max() <= 1


@pytest.mark.parametrize(
    "hsv",
    [np.zeros((4, 4)), np.full((4, 4, 3), 2.0), np.full((4, 4, 3), np.nan)],
)
def test_refuses_what_is_no_hsv(hsv):
    with pytest.raises(ValueError, match="Received"):
        editing.from_hsv(hsv)
