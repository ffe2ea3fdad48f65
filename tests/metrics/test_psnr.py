import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio

from keras_productgen.metrics import PeakSignalToNoiseRatio
from keras_productgen.metrics import psnr
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.metrics.pairs import pair


def test_a_small_case_by_hand():
    black = np.zeros((1, 4, 4, 3), "uint8")
    assert to_numpy(psnr(black, black + 255)) == pytest.approx(0.0)
    near = (black / 255.0, black / 255.0 + 0.1)
    assert to_numpy(psnr(*near, (0, 1))) == pytest.approx(20.0, abs=1e-4)


@pytest.mark.backends
def test_agrees_with_scikit_image():
    reference_images, images = pair()
    expected = [
        peak_signal_noise_ratio(a, b, data_range=255)
        for a, b in zip(reference_images, images)
    ]
    values = to_numpy(psnr(reference_images, images))
    np.testing.assert_allclose(values, expected, atol=1e-4)


def test_luma_agrees_with_that_of_scikit_image():
    from skimage.color import rgb2ycbcr

    reference_images, images = pair()
    expected = [
        peak_signal_noise_ratio(
            rgb2ycbcr(a)[4:-4, 4:-4, 0],
            rgb2ycbcr(b)[4:-4, 4:-4, 0],
            data_range=255,
        )
        for a, b in zip(reference_images, images)
    ]
    values = to_numpy(psnr(reference_images, images, luma=True, crop_border=4))
    np.testing.assert_allclose(values, expected, atol=1e-3)


@pytest.mark.backends
def test_identical_pictures_are_infinitely_good():
    reference_images, images = pair()
    values = to_numpy(psnr(reference_images, reference_images))
    np.testing.assert_array_equal(values, [np.inf, np.inf])
    metric = PeakSignalToNoiseRatio()
    metric.update_state(reference_images, reference_images)
    metric.update_state(reference_images, images)
    assert to_numpy(metric.result()) == np.inf


def test_value_range_changes_nothing():
    reference_images, images = pair()
    expected = to_numpy(psnr(reference_images, images))
    values = psnr(reference_images / 127.5 - 1, images / 127.5 - 1, (-1, 1))
    np.testing.assert_allclose(to_numpy(values), expected, atol=1e-4)


def test_metric_is_the_mean_of_the_ratios():
    reference_images, images = pair()
    mask = np.zeros((2, 48, 64, 1), bool)
    mask[:, 10:20, 10:50] = True
    metric = PeakSignalToNoiseRatio()
    metric.update_state(reference_images, images, mask=mask)
    values = to_numpy(psnr(reference_images, images, mask=mask))
    assert to_numpy(metric.result()) == pytest.approx(values.mean())
    assert values.mean() != pytest.approx(
        to_numpy(psnr(reference_images, images)).mean()
    )
    check_config_round_trip(metric)
