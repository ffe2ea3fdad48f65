import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise
from tests.editing.pictures import product

SHARP = product(128, index=1).image
BLURRED = editing.gaussian_filter(SHARP, 3.0)
LEFT = (np.arange(128) < 64)[None, :, None]
NEAR, FAR = np.where(LEFT, SHARP, BLURRED), np.where(LEFT, BLURRED, SHARP)


def error(picture):
    return (abs(picture.astype(float) - SHARP) ** 2).mean()


def test_each_part_comes_from_where_it_is_sharp():
    made = editing.fuse_focus([NEAR, FAR])
    assert error(made) < 0.1 * min(error(NEAR), error(FAR))


def test_order_does_not_matter():
    first = editing.fuse_focus([NEAR, FAR]).astype(int)
    assert abs(first - editing.fuse_focus([FAR, NEAR])).max() <= 1


def test_equal_pictures_stay():
    made = editing.fuse_focus([SHARP, SHARP, SHARP])
    assert abs(made.astype(int) - SHARP).max() <= 1


def test_shifted_pictures_are_aligned():
    other = np.roll(FAR, 2, 0)
    made = editing.fuse_focus([NEAR, other], align="ecc")
    inner = slice(8, -8)
    off = lambda p: (abs(p.astype(float) - SHARP) ** 2)[inner, inner].mean()
    assert off(made) < 0.4 * off(editing.fuse_focus([NEAR, other]))


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2), (77, 90, 4)], ids=str)
def test_takes_any_kind_and_size(shape):
    made = editing.fuse_focus([noise(shape, 1), noise(shape, 2)])
    assert made.shape == (*shape[:2], 3) and made.dtype == np.uint8
