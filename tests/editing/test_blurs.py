import cv2
import numpy as np
import pytest

from keras_productgen.editing.blurs import gaussian
from tests.editing.pictures import noise


@pytest.mark.parametrize("across", [2.0, 8.0, 20.0, 50.0])
@pytest.mark.parametrize("ratio", [1.0, 0.6])
def test_is_opencvs_gaussian_at_any_width(across, ratio):
    plane = np.zeros((230, 301), "float32")
    plane[90:140, 100:190] = noise((50, 90))
    expected = cv2.GaussianBlur(
        plane, (0, 0), across, sigmaY=ratio * across,
        borderType=cv2.BORDER_CONSTANT,
    )  # fmt: skip
    made = gaussian(plane, across, ratio * across, cv2.BORDER_CONSTANT)
    assert abs(made - expected).max() < 0.05 * expected.max()


def test_planes_of_a_pixel_stay():
    plane = np.full((1, 1, 3), 7.0, "float32")
    np.testing.assert_allclose(gaussian(plane, 99.0), plane, rtol=1e-5)
