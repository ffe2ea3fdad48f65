import cv2
import numpy as np
import pytest

from keras_productgen.metrics import Sharpness
from keras_productgen.metrics import sharpness
from tests.checks import to_numpy
from tests.encoders.pictures import drawings


@pytest.mark.backends
def test_a_small_case_by_hand():
    picture = np.full((1, 9, 9, 3), 100.0, "float32")
    picture[0, 4, 4] = 110.0
    # Of the 49 inner pixels one answers -40, four 10, the others 0.
    expected = (1600 + 4 * 100) / 49
    assert to_numpy(sharpness(picture))[0] == pytest.approx(expected, rel=1e-3)


def test_falls_with_blur():
    (picture,) = drawings(1)
    pictures = [picture] + [
        cv2.GaussianBlur(picture, (0, 0), sigma) for sigma in (0.7, 1.5, 3.0)
    ]
    values = to_numpy(sharpness(np.array(pictures)))
    assert (np.diff(values) < 0).all() and values[-1] < values[0] / 20


def test_metric_is_the_mean_of_weighted_pictures():
    pictures = drawings(3)
    metric = Sharpness()
    metric.update_state(pictures, sample_weight=[1.0, 0.0, 1.0])
    expected = to_numpy(sharpness(pictures))[[0, 2]].mean()
    assert to_numpy(metric.result()) == pytest.approx(expected, rel=1e-5)
