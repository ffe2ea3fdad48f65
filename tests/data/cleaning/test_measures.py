import cv2
import numpy as np
import pytest

from keras_productgen.data.cleaning import measures
from tests.data.cleaning import photos


def grey(index=0, size=192):
    return cv2.cvtColor(photos.photo(index, size), cv2.COLOR_RGB2GRAY)


def test_a_clean_step_has_a_slope_of_a_half():
    step = np.zeros((64, 64), "uint8")
    step[:, 32:] = 200
    assert measures.sharpness(step) == pytest.approx(0.5, abs=0.01)


def test_blur_lowers_sharpness_and_contrast_does_not():
    picture = grey()
    blurred = [
        measures.sharpness(cv2.GaussianBlur(picture, (0, 0), sigma))
        for sigma in (1, 2, 4)
    ]
    sharp = measures.sharpness(picture)
    assert sharp > blurred[0] > blurred[1] > blurred[2]
    assert blurred[1] < 0.27 < sharp
    faint = (picture * 0.5 + 60).astype("uint8")
    assert measures.sharpness(faint) == pytest.approx(sharp, abs=0.05)


def test_a_picture_without_edges_counts_as_sharp():
    assert measures.sharpness(np.full((64, 64), 90, "uint8")) == 0.5


def test_a_white_background_is_not_clipped():
    image = np.full((40, 40, 3), 255, "uint8")
    image[10:30, 10:30] = 120
    assert measures.clipped_share(image) == 0
    image[15:25, 15:25] = 255
    assert measures.clipped_share(image) == pytest.approx(100 / 1600)
    image[15:25, 15:25] = 0
    assert measures.clipped_share(image) == pytest.approx(100 / 1600)


def test_a_line_of_text_at_the_lower_edge_is_found():
    picture = np.full((256, 256), 90, "uint8")
    assert measures.corner_text(picture) == 0
    cv2.putText(picture, "PHOTO STUDIO 24", (50, 245), 0, 0.5, (230,), 1)
    assert measures.corner_text(picture) > 0.2


def test_brightness_is_that_of_the_darkest_and_brightest_part():
    image = np.repeat(np.arange(100, dtype="uint8"), 300).reshape(100, 100, 3)
    found = dict(zip(measures.MEASURES, measures.measure(image)))
    assert found["dark_end"] == pytest.approx(5, abs=1)
    assert found["bright_end"] == pytest.approx(95, abs=1)
    assert found["deviation"] == pytest.approx(image[..., 0].std(), abs=0.01)
