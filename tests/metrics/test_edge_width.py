import cv2
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.metrics import EdgeWidth
from keras_productgen.metrics import edge_width
from tests.checks import to_numpy
from tests.encoders.pictures import drawings


def disc(sigma, contrast=1.0, size=128):
    picture = np.full((size, size, 3), 240.0, "float32")
    center, radius = (size // 2, size // 2), size // 4
    cv2.circle(picture, center, radius, (20, 60, 90), -1, cv2.LINE_AA)
    return 100.0 + contrast * (cv2.GaussianBlur(picture, (0, 0), sigma) - 100.0)


def measured(pictures):
    return to_numpy(edge_width(np.array(pictures)))


@pytest.mark.backends
@pytest.mark.parametrize("sigma", [2.0, 3.0, 5.0])
def test_finds_the_blur_that_was_applied(sigma):
    assert measured([disc(sigma)])[0] == pytest.approx(sigma, rel=0.1)


def test_contrast_does_not_count():
    strong, weak = measured([disc(2.0), disc(2.0, contrast=0.2)])
    assert weak == pytest.approx(strong, rel=0.01)


def test_a_little_noise_does_not_count():
    noise = np.random.default_rng(0).normal(0, 5, (128, 128, 3))
    assert measured([disc(2.0) + noise])[0] == pytest.approx(2.0, rel=0.1)


def test_half_the_size_has_half_the_width():
    large = disc(4.0, size=256)
    half = images.resize(large, 128)
    assert 2 * measured([half])[0] == pytest.approx(4.0, rel=0.15)


@pytest.mark.backends
def test_a_picture_without_edges_has_none_and_does_not_count():
    flat = np.full((1, 64, 64, 3), 77, "uint8")
    assert np.isinf(measured(flat)[0])
    metric, pictures = EdgeWidth(), drawings(2)
    metric.update_state(flat)
    metric.update_state(pictures)
    expected = measured(pictures).mean()
    assert to_numpy(metric.result()) == pytest.approx(expected, rel=1e-5)


def test_the_smallest_pictures_can_be_measured():
    assert measured(drawings(1, size=8)).shape == (1,)
