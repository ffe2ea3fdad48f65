import numpy as np
import pytest

from keras_productgen import data
from keras_productgen.editing import STYLES
from keras_productgen.editing import stylize


@pytest.fixture(scope="module")
def photo():
    return data.ProductCatalog(128, seed=5)[2].image


@pytest.mark.parametrize("style", STYLES)
def test_styles_give_pictures_of_the_same_size_again(photo, style):
    made = stylize(photo, style)
    assert made.dtype == np.uint8 and made.shape == photo.shape
    np.testing.assert_array_equal(made, stylize(photo, style))
    assert np.abs(made - photo.astype(int)).mean() > 3.0


def test_retro_has_less_contrast_and_warmer_greys(photo):
    grey = np.full((64, 64, 3), 128, "uint8")
    made = stylize(grey, "retro").mean(axis=(0, 1))
    assert made[0] > made[1] > made[2]
    assert stylize(photo, "retro").std() < photo.std()


def test_cartoon_has_few_tones():
    ramp = np.repeat(np.arange(256, dtype="uint8")[None, :, None], 32, axis=0)
    made = stylize(np.repeat(ramp, 3, axis=2), "cartoon")
    assert len(np.unique(made[16, :, 0])) <= 12


def test_refuses_what_is_no_style(photo):
    with pytest.raises(ValueError, match="`style` must be one of"):
        stylize(photo, "oil")
