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


def test_seasons_are_told_by_their_light():
    grey = np.full((32, 32, 3), 140, "uint8")
    seen = {
        name: stylize(grey, name).mean(axis=(0, 1))
        for name in ("spring", "summer", "autumn", "winter")
    }
    red, green, blue = np.transpose(list(seen.values()))
    warmth = dict(zip(seen, red - blue))
    assert max(warmth, key=warmth.get) == "autumn"
    assert warmth["winter"] < 0 < warmth["summer"]
    assert np.argmax(green - red) in (0, 3) and green[0] > red[0]
    vivid = stylize(np.full((8, 8, 3), (200, 60, 60), "uint8"), "summer")
    pale = stylize(np.full((8, 8, 3), (200, 60, 60), "uint8"), "winter")
    assert np.ptp(vivid[0, 0]) > 140 > np.ptp(pale[0, 0])


def test_refuses_what_is_no_style(photo):
    with pytest.raises(ValueError, match="`style` must be one of"):
        stylize(photo, "oil")
