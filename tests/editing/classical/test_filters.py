import numpy as np
import pytest

from keras_productgen.data import ProductCatalog
from keras_productgen.data import degradation
from keras_productgen.editing import classical
from keras_productgen.editing.classical.deblur import (
    estimated_sigma as estimated_blur,
)
from keras_productgen.editing.classical.deblur import gaussian_psf
from keras_productgen.editing.classical.denoise import (
    estimated_sigma as estimated_noise,
)
from keras_productgen.editing.classical.jpeg import blockiness
from keras_productgen.editing.classical.jpeg import strength


@pytest.fixture(scope="module")
def product():
    return ProductCatalog(96, seed=3)[1].image


def worse(picture, step):
    return np.clip(np.rint(step(picture, seed=0)), 0, 255).astype("uint8")


def error(a, b):
    return np.square(a.astype("float64") - b).mean()


def test_noise_is_estimated_and_a_given_sigma_obeyed(product):
    noisy = worse(product, degradation.GaussianNoise(20.0))
    assert estimated_noise(noisy.astype("float32")) == pytest.approx(20, abs=4)
    little = classical.denoise(noisy, sigma=2.0)
    much = classical.denoise(noisy, sigma=20.0)
    assert error(noisy, little) < error(noisy, much)


def test_all_denoisers_leave_half_of_the_noise_at_most(product):
    noisy = worse(product, degradation.GaussianNoise(20.0))
    for method in classical.methods_of("denoise"):
        clean = classical.denoise(noisy, 20.0, method)
        assert error(product, clean) < 0.5 * error(product, noisy), method


@pytest.mark.parametrize("method", ["wiener", "richardson-lucy"])
def test_a_known_blur_is_undone(product, method):
    blurred = worse(product, degradation.GaussianBlur(1.5))
    sharp = classical.deblur(blurred, 1.5, method)
    assert error(product, sharp) < 0.7 * error(product, blurred)


def test_a_shift_of_the_point_is_undone(product):
    psf = np.zeros((1, 5))
    psf[0, 4] = 1.0
    # Convolved with this psf a picture moves two pixels to the right.
    moved = np.roll(product, 2, axis=1)
    back = classical.deblur(moved, psf)
    inner = (slice(None), slice(4, -4))
    assert error(product[inner], back[inner]) < 0.1 * error(
        product[inner], moved[inner]
    )


def test_width_of_a_blur_is_estimated(product):
    blurred = degradation.GaussianBlur(1.5)(product)
    assert estimated_blur(blurred) == pytest.approx(1.5, abs=0.4)
    assert estimated_blur(np.full((32, 32, 3), 9, "float32")) == 0.0


def test_gaussian_psf_has_its_deviation():
    psf = gaussian_psf(1.5)
    places = np.arange(len(psf)) - len(psf) // 2
    assert psf.sum() == pytest.approx(1.0)
    assert (psf.sum(0) * places**2).sum() == pytest.approx(1.5**2, rel=0.01)


def test_blocks_are_seen_and_smoothed(product):
    torn = worse(product, degradation.JPEG(10))
    assert blockiness(torn.astype("float32")) > 2 * blockiness(
        product.astype("float32")
    )
    smooth = classical.jpeg(torn)
    assert blockiness(smooth.astype("float32")) < blockiness(
        torn.astype("float32")
    )
    assert error(product, smooth) < error(product, torn)


def test_lower_quality_is_smoothed_more(product):
    torn = worse(product, degradation.JPEG(20))
    changes = [error(torn, classical.jpeg(torn, q)) for q in (80, 40, 10)]
    assert changes == sorted(changes) and changes[0] < changes[2]
    assert strength(100) == 0.0


def test_lost_light_comes_back(product):
    dark = worse(product, degradation.LowLight(2.0, 1.0))
    for method in classical.methods_of("low_light"):
        light = classical.low_light(dark, method)
        assert error(product, light) < 0.5 * error(product, dark), method


def test_light_pictures_stay_as_they_are():
    light = np.full((16, 16, 3), 250, "uint8")
    for method in classical.methods_of("low_light"):
        made = classical.low_light(light, method).astype("int32")
        assert abs(made - light).max() <= 1, method


def test_cast_of_a_grey_wall_is_taken_away():
    cast = np.full((16, 16, 3), (180, 150, 110), "uint8")
    for method in classical.methods_of("color"):
        balanced = classical.color(cast, method)
        assert np.ptp(balanced[0, 0]) < 0.35 * np.ptp(cast[0, 0]), method


def test_colors_that_no_light_has_stay():
    pink = np.full((16, 16, 3), (200, 110, 180), "uint8")
    for method in ("shades-of-grey", "grey-world", "white-patch"):
        balanced = classical.color(pink, method).astype("int32")
        assert abs(balanced - pink).max() < 30, method


@pytest.mark.parametrize("scale", [2, 3])
def test_bicubic_is_the_standard_one(product, scale):
    wanted = degradation.imresize(product, scale)
    made = classical.upscale(product, scale)
    np.testing.assert_array_equal(made, np.clip(np.rint(wanted), 0, 255))


def test_hole_in_a_slope_is_filled_and_the_rest_kept_bit_by_bit():
    slope = np.tile(np.arange(0, 240, 4, "uint8")[:, None, None], (1, 60, 3))
    mask = np.zeros((60, 60), "uint8")
    mask[25:32, 20:40] = 255
    broken = np.where(mask[..., None], 7, slope).astype("uint8")
    for method in classical.methods_of("inpaint"):
        made = classical.inpaint(broken, mask, method)
        np.testing.assert_array_equal(made[mask == 0], broken[mask == 0])
        assert abs(made.astype("int32") - slope).max() <= 12, method


def test_holes_at_the_border_and_of_all_the_picture_are_filled():
    picture = np.full((12, 12, 3), 80, "uint8")
    picture[:3] = 255
    mask = np.zeros((12, 12), bool)
    mask[:3] = True
    made = classical.inpaint(picture, mask)
    np.testing.assert_allclose(made.astype("float32"), 80.0, atol=2.0)
    nothing = classical.inpaint(picture, np.ones((12, 12), bool))
    assert (nothing == 128).all()


def test_dark_pictures_alone_are_brightened_in_restoring(product):
    dark = worse(product, degradation.LowLight(2.0, 1.0))
    assert classical.restore(dark).mean() > 1.5 * dark.mean()
    same = classical.restore(dark, "sequence-in-the-same-light")
    assert same.mean() == pytest.approx(dark.mean(), abs=3)


def test_settings_out_of_range_are_refused():
    picture = np.zeros((4, 4, 3), "uint8")
    with pytest.raises(ValueError, match="Received: sigma=0"):
        classical.denoise(picture, sigma=0)
    with pytest.raises(ValueError, match="Received: psf=-1"):
        classical.deblur(picture, psf=-1)
    with pytest.raises(ValueError, match="shape \\(2, 2\\)"):
        classical.deblur(picture, psf=np.ones((2, 2)))
    with pytest.raises(ValueError, match="Received: quality=0"):
        classical.jpeg(picture, quality=0)
    with pytest.raises(ValueError, match="scale=0"):
        classical.upscale(picture, 0)
    with pytest.raises(ValueError, match="mask.shape=\\(3, 4\\)"):
        classical.inpaint(picture, np.zeros((3, 4)))
