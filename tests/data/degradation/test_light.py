import numpy as np
import pytest
from skimage import exposure

from keras_productgen.data import degradation
from keras_productgen.data.degradation import light

RAMP = np.linspace(0, 255, 256, dtype="float32").reshape(16, 16, 1)
RAMP = RAMP.repeat(3, -1)


def test_linear_light_is_that_of_the_standard_and_comes_back():
    np.testing.assert_allclose(light.from_linear(light.to_linear(RAMP)), RAMP,
                               atol=1e-3)  # fmt: skip
    # IEC 61966-2-1: grey 188 is half of the light, 119 a fifth of it, nearly.
    values = np.array([188.0, 119.0], "float32")
    np.testing.assert_allclose(light.to_linear(values), [0.503, 0.184],
                               atol=2e-3)  # fmt: skip


def test_a_stop_halves_the_light():
    darker = degradation.LowLight(stops=1.0, gamma=1.0)(RAMP, seed=0)
    np.testing.assert_allclose(
        light.to_linear(darker), light.to_linear(RAMP) / 2, atol=1e-4
    )


def test_gamma_bends_the_tones_as_scikit_image_does():
    bent = degradation.LowLight(stops=0.0, gamma=1.5)(RAMP, seed=0)
    expected = 255 * exposure.adjust_gamma(RAMP / 255, 1.5)
    np.testing.assert_allclose(bent, expected, atol=0.05)


def test_color_cast_keeps_the_luma_of_a_gray():
    gray = np.full((4, 4, 3), 120.0, "float32")
    for warmth in (-1.0, 0.4, 1.0):
        cast = degradation.ColorCast(warmth)(gray, seed=0)
        luma = light.to_linear(cast) @ [0.2126, 0.7152, 0.0722]
        np.testing.assert_allclose(luma, light.to_linear(gray)[..., 0], 1e-3)
        assert (cast[0, 0, 0] > cast[0, 0, 2]) == (warmth > 0)


def test_light_of_no_warmth_changes_nothing():
    np.testing.assert_allclose(
        degradation.ColorCast(0.0)(RAMP, seed=0), RAMP, atol=1e-3
    )


def test_corners_lose_the_strength_and_the_middle_nothing():
    gray = np.full((33, 65, 1), 200.0, "float32")
    dark = degradation.Vignette(0.4)(gray, seed=0)
    shares = light.to_linear(dark) / light.to_linear(gray)
    np.testing.assert_allclose(shares[[0, 0, -1], [0, -1, 0]], 0.6, rtol=1e-3)
    assert shares[16, 32, 0] == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize(
    "make",
    [
        lambda: degradation.LowLight(stops=-1),
        lambda: degradation.ColorCast(2.0),
        lambda: degradation.Vignette(1.0),
    ],
)
def test_impossible_light_is_refused(make):
    with pytest.raises(ValueError, match="Received"):
        make()
