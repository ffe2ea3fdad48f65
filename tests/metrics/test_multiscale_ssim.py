import keras
import numpy as np
import pytest
from scipy import ndimage

from keras_productgen.metrics import MultiScaleStructuralSimilarity
from keras_productgen.metrics import multiscale_ssim
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.metrics.pairs import clean_pictures
from tests.metrics.pairs import pair


def factors(x, y):
    """SSIM and contrast by the formulas of the article, one channel."""

    def blur(values):
        return ndimage.gaussian_filter(values, 1.5, radius=5)[5:-5, 5:-5]

    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_x, mean_y = blur(x), blur(y)
    covariance = blur(x * y) - mean_x * mean_y
    variances = blur(x * x) - mean_x**2 + blur(y * y) - mean_y**2
    contrast = (2 * covariance + c2) / (variances + c2)
    level = (2 * mean_x * mean_y + c1) / (mean_x**2 + mean_y**2 + c1)
    return (level * contrast).mean(), contrast.mean()


def expected_of(x, y):
    product = 1.0
    for weight in (0.0448, 0.2856, 0.3001, 0.2363):
        product *= factors(x, y)[1] ** weight
        rows, columns = (side // 2 * 2 for side in x.shape)
        x, y = (
            z[:rows, :columns].reshape(rows // 2, 2, -1, 2).mean((1, 3))
            for z in (x, y)
        )
    return product * factors(x, y)[0] ** 0.1333


@pytest.mark.backends
def test_agrees_with_the_formulas_also_at_odd_sizes():
    reference_images, images = pair(count=1, size=(177, 181))
    value = to_numpy(multiscale_ssim(reference_images, images))
    channels = zip(*(np.moveaxis(z[0] * 1.0, -1, 0) for z in (
        reference_images, images)))  # fmt: skip
    expected = np.mean([expected_of(x, y) for x, y in channels])
    assert value == pytest.approx(expected, abs=1e-5)


@pytest.mark.skipif(
    keras.config.backend() != "tensorflow", reason="compares with TensorFlow"
)
def test_agrees_with_tensorflow_where_nothing_is_left_out():
    import tensorflow as tf

    reference_images, images = pair(size=(176, 192))
    values = to_numpy(multiscale_ssim(reference_images, images))
    expected = tf.image.ssim_multiscale(reference_images, images, 255)
    np.testing.assert_allclose(values, expected, atol=1e-4)


def test_identical_pictures_have_1_and_opposed_ones_0():
    pictures = clean_pictures(count=1, size=(176, 176))
    assert to_numpy(multiscale_ssim(pictures, pictures)) == 1.0
    assert to_numpy(multiscale_ssim(pictures, 255 - pictures)) == 0.0


def test_refuses_small_pictures_and_names_the_least_size():
    pictures = clean_pictures(size=(180, 175))
    with pytest.raises(ValueError, match="at least 176 x 176.*180 x 175"):
        multiscale_ssim(pictures, pictures)


def test_metric_takes_the_mean_over_pictures():
    reference_images, images = pair(size=(176, 176))
    metric = MultiScaleStructuralSimilarity(luma=True)
    metric.update_state(reference_images, images)
    values = to_numpy(multiscale_ssim(reference_images, images, luma=True))
    assert to_numpy(metric.result()) == pytest.approx(values.mean())
    check_config_round_trip(metric)
