import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.data.degradation.light import from_linear
from tests.editing.pictures import noise

TEXTURE = np.random.default_rng(0).uniform(0.5, 1.0, (64, 128, 3))
# The right half has 64 times as much light: more than a picture can show.
LIGHT = TEXTURE * np.where(np.arange(128) < 64, 0.05, 3.2)[None, :, None]


def exposed(stops):
    return np.rint(from_linear(LIGHT * 2.0**stops)).astype("uint8")


def seen(picture, half):
    """How well the texture of a half is seen."""
    part = picture[:, half].astype(float).ravel()
    return np.corrcoef(part, TEXTURE[:, half].ravel())[0, 1] * part.std()


def test_both_the_dark_and_the_light_half_are_seen():
    dark, light = exposed(-2), exposed(3)
    made = editing.fuse_exposures([dark, light])
    left, right = slice(8, 56), slice(72, 120)
    assert seen(made, left) > 1.5 * seen(dark, left)
    # Wholly white, there is nothing to correlate.
    assert light[:, right].min() == 255 and seen(made, right) > 5.0


def test_equal_pictures_stay():
    picture = exposed(0)
    made = editing.fuse_exposures([picture, picture])
    assert abs(made.astype(int) - picture).max() <= 1


def test_shifted_exposures_are_aligned():
    smooth = editing.gaussian_filter(exposed(-2), 2.0)
    other = np.roll(editing.adjust_gamma(smooth, 0.6), 3, 1)
    plain = editing.fuse_exposures([smooth, other])
    made = editing.fuse_exposures([smooth, other], align="ecc")
    best = editing.fuse_exposures([smooth, np.roll(other, -3, 1)])
    inner = slice(10, -10)
    off = lambda p: abs(p.astype(int) - best)[inner, inner].mean()
    assert off(made) < 0.5 * off(plain)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2), (17, 9, 4)], ids=str)
def test_takes_any_kind_and_size(shape):
    made = editing.fuse_exposures([noise(shape, 1), noise(shape, 2)])
    assert made.shape == (*shape[:2], 3) and made.dtype == np.uint8
