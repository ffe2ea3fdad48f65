import numpy as np
import pytest

from keras_productgen.data import degradation
from keras_productgen.data.degradation import blur


def impulse(side=31):
    image = np.zeros((side, side, 1), "float32")
    image[side // 2, side // 2] = 1.0
    return image


@pytest.mark.parametrize(
    "degrade",
    [
        degradation.GaussianBlur(2.0),
        degradation.DefocusBlur(3.0),
        degradation.MotionBlur(9.0, 30.0),
    ],
)
def test_blur_keeps_the_light_and_flat_pictures(degrade):
    assert degrade(impulse(), seed=0).sum() == pytest.approx(1.0, abs=1e-5)
    flat = np.full((20, 30, 3), 70.0, "float32")
    np.testing.assert_allclose(degrade(flat, seed=0), flat, atol=1e-3)


def test_gaussian_blur_spreads_by_its_sigma():
    spread = degradation.GaussianBlur(2.0)(impulse(41), seed=0)[..., 0]
    places = np.arange(41) - 20
    assert (spread.sum(0) * places**2).sum() == pytest.approx(4.0, rel=0.01)


def test_disk_has_the_area_of_its_radius():
    kernel = blur.disk(4.0)
    assert 1.0 / kernel.max() == pytest.approx(np.pi * 16, rel=0.02)
    assert kernel.shape[0] % 2 == 1


def test_motion_goes_counterclockwise_from_the_right():
    smeared = degradation.MotionBlur(15.0, 45.0)(impulse(), seed=0)[..., 0]
    up_right = smeared[15 - 4, 15 + 4]
    assert up_right > 0.03
    assert smeared[15 + 4, 15 + 4] == pytest.approx(0.0, abs=1e-7)


def test_motion_to_the_right_is_a_row_of_its_length():
    kernel = blur.line(7.0, 0.0)
    middle = kernel[len(kernel) // 2]
    assert middle.sum() == pytest.approx(1.0)
    assert np.count_nonzero(middle) == 7
    np.testing.assert_allclose(middle[middle > 0], 1 / 7, rtol=1e-5)


def test_kernel_that_is_not_symmetric_is_convolved_and_not_correlated():
    kernel = np.zeros((3, 3), "float32")
    kernel[0, 2] = 1.0
    moved = blur.convolved(impulse(5), kernel)
    assert moved[1, 3, 0] == 1.0


def test_no_blur_changes_nothing():
    image = np.random.default_rng(0).uniform(0, 255, (9, 9, 3))
    image = image.astype("float32")
    for degrade in (degradation.GaussianBlur(0), degradation.DefocusBlur(0)):
        np.testing.assert_array_equal(degrade(image, seed=0), image)
