import numpy as np
import pytest
from skimage.color import rgb2ycbcr
from skimage.metrics import structural_similarity

from keras_productgen.metrics import StructuralSimilarity
from keras_productgen.metrics import ssim
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.metrics.pairs import clean_pictures
from tests.metrics.pairs import pair


def expected_of(reference_images, images, **options):
    return [
        structural_similarity(
            a,
            b,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
            data_range=255,
            **options,
        )  # fmt: skip
        for a, b in zip(reference_images, images)
    ]


@pytest.mark.backends
def test_agrees_with_scikit_image():
    reference_images, images = pair()
    values = to_numpy(ssim(reference_images, images))
    expected = expected_of(reference_images, images, channel_axis=-1)
    np.testing.assert_allclose(values, expected, atol=1e-5)


def test_agrees_on_nearly_white_pictures():
    # A variance is the small difference of two large numbers here.
    generator = np.random.default_rng(0)
    white = 253.0 + generator.uniform(0, 2, (2, 30, 40, 3))
    images = white + generator.normal(0, 0.3, white.shape)
    values = to_numpy(ssim(white, images))
    expected = expected_of(white, images, channel_axis=-1)
    np.testing.assert_allclose(values, expected, atol=1e-5)


def test_luma_agrees_with_that_of_scikit_image():
    reference_images, images = pair()
    values = ssim(reference_images, images, luma=True, crop_border=4)
    expected = expected_of(
        *(
            [rgb2ycbcr(picture)[4:-4, 4:-4, 0] for picture in pictures]
            for pictures in (reference_images, images)
        )
    )
    np.testing.assert_allclose(to_numpy(values), expected, atol=1e-5)


def test_one_window_by_hand():
    black = np.zeros((1, 11, 11, 1), "uint8")
    # No variance: only luminance is left, C1 / (255^2 + C1).
    value = to_numpy(ssim(black, black + 255))
    assert value == pytest.approx(1e-4 / (1.0 + 1e-4), rel=1e-3)


def test_identical_pictures_have_1_exactly_and_negatives_less_than_0():
    pictures = clean_pictures()
    np.testing.assert_array_equal(to_numpy(ssim(pictures, pictures)), [1, 1])
    stripes = np.indices((1, 20, 20, 1)).sum(axis=0) % 2 * 255
    assert to_numpy(ssim(stripes, 255 - stripes)) < -0.9


def test_value_range_changes_nothing():
    reference_images, images = pair()
    expected = to_numpy(ssim(reference_images, images))
    for low, high in ((0, 1), (-1, 1)):
        scale = (high - low) / 255.0
        values = ssim(
            reference_images * scale + low, images * scale + low, (low, high)
        )
        np.testing.assert_allclose(to_numpy(values), expected, atol=1e-5)


def test_refuses_pictures_smaller_than_the_window():
    pictures = clean_pictures(size=(14, 30))
    with pytest.raises(ValueError, match="at least 11 x 11.*10 x 26"):
        ssim(pictures, pictures, crop_border=2)


def test_metric_takes_the_mean_over_pictures():
    reference_images, images = pair()
    metric = StructuralSimilarity()
    metric.update_state(reference_images, images)
    values = to_numpy(ssim(reference_images, images))
    assert to_numpy(metric.result()) == pytest.approx(values.mean())
    check_config_round_trip(metric)
