import numpy as np
import pytest

from keras_productgen.editing.product_mask import check_image
from keras_productgen.editing.product_mask import edge_reach
from keras_productgen.editing.product_mask import inside
from keras_productgen.editing.product_mask import soft_mask

RED, GREY = np.float32([200, 30, 30]), np.float32([150, 150, 150])


def disc(size=64, radius=20.0):
    """A picture of a red disc on grey, and its true coverage."""
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    coverage = np.clip(radius + 0.5 - np.hypot(x, y), 0.0, 1.0)[..., None]
    picture = np.rint(coverage * RED + (1.0 - coverage) * GREY)
    return picture.astype("uint8"), coverage[..., 0]


def test_hard_masks_get_the_edge_of_the_picture():
    picture, coverage = disc()
    hard = coverage >= 0.5
    soft = soft_mask(picture, hard)
    assert np.abs(soft - coverage).mean() < 0.5 * np.abs(hard - coverage).mean()


def test_soft_masks_stay_as_they_are():
    picture, coverage = disc()
    np.testing.assert_array_equal(
        soft_mask(picture, coverage), coverage.astype("float32")
    )
    levels = np.rint(coverage * 255.0).astype("uint8")
    np.testing.assert_allclose(soft_mask(picture, levels), coverage, atol=0.01)


def test_inside_keeps_away_from_the_edge():
    picture, coverage = disc()
    solid = inside(soft_mask(picture, coverage))
    assert solid.any()
    assert (picture[solid] == RED).all()


def test_the_edge_grows_with_the_picture():
    assert edge_reach((100, 400)) == 5
    assert edge_reach((16, 16)) == 1


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        (np.ones((8, 8), bool), "as large as the image"),
        (np.zeros((64, 64), bool), "must hold a product"),
        (np.full((64, 64), 0.3), "must hold a product"),
        (np.full((64, 64), 2.0), r"floats in \[0, 1\]"),
        (np.full((64, 64), np.nan), r"floats in \[0, 1\]"),
    ],
)
def test_refuses_masks(mask, message):
    with pytest.raises(ValueError, match=message):
        soft_mask(disc()[0], mask)


def test_refuses_floats_as_pictures():
    with pytest.raises(ValueError, match="must be uint8"):
        check_image(np.zeros((8, 8, 3), "float32"))
