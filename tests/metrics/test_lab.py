import numpy as np
import pytest
from skimage.color import rgb2lab

from keras_productgen.metrics import srgb_to_lab
from tests.checks import to_numpy


@pytest.mark.backends
def test_known_colors():
    colors = np.array([[0, 0, 0], [255, 255, 255], [255, 0, 0]], "uint8")
    expected = [[0, 0, 0], [100, 0, 0], [53.241, 80.092, 67.203]]
    np.testing.assert_allclose(
        to_numpy(srgb_to_lab(colors)), expected, atol=1e-3
    )


def test_greys_have_no_color():
    greys = np.repeat(np.arange(256, dtype="uint8")[:, None], 3, axis=1)
    assert np.abs(to_numpy(srgb_to_lab(greys))[:, 1:]).max() < 1e-4


def test_agrees_with_scikit_image_but_for_its_rounding():
    colors = np.random.default_rng(0).integers(0, 256, (500, 3), "uint8")
    np.testing.assert_allclose(
        to_numpy(srgb_to_lab(colors)), rgb2lab(colors), atol=0.02
    )


def test_value_range_and_clipping():
    colors = np.random.default_rng(0).uniform(0, 1, (2, 4, 5, 3))
    np.testing.assert_allclose(
        to_numpy(srgb_to_lab(colors, (0, 1))),
        to_numpy(srgb_to_lab(colors * 255.0)),
        atol=1e-3,
    )
    beyond = to_numpy(srgb_to_lab(np.array([-20.0, 300.0, 255.0])))
    np.testing.assert_array_equal(
        beyond, to_numpy(srgb_to_lab(np.array([0.0, 255.0, 255.0])))
    )


def test_refuses_what_has_no_three_channels():
    with pytest.raises(ValueError, match=r"images.shape=\(4, 4, 1\)"):
        srgb_to_lab(np.zeros((4, 4, 1)))
