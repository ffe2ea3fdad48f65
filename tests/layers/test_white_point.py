import numpy as np
import pytest
from keras import ops

from keras_productgen import layers
from keras_productgen.editing import classical

pytestmark = pytest.mark.backends


def lit(images, wholes=None):
    """uint8 pictures through the layer, as values 0-255."""
    images = np.asarray(images, "float32") / 127.5 - 1.0
    wholes = images if wholes is None else wholes / np.float32(127.5) - 1.0
    outputs = layers.WhitePoint()((images, wholes.astype("float32")))
    return 127.5 * (ops.convert_to_numpy(outputs) + 1.0)


@pytest.fixture
def dark():
    generator = np.random.default_rng(0)
    return generator.integers(0, 90, (2, 32, 32, 3), "uint8")


def test_what_it_does_is_what_the_filter_does(dark):
    for made, picture in zip(lit(dark), dark, strict=True):
        wanted = classical.low_light(picture, method="white-point")
        assert abs(made - wanted).max() < 2.5


def test_light_pictures_stay_as_they_are(dark):
    light = dark.copy()
    light[0, :4, :4] = 250
    made = lit(light)
    np.testing.assert_allclose(made[0], light[0], atol=1e-3)
    assert made[1].mean() > 2 * light[1].mean()


def test_a_piece_gets_the_light_that_the_whole_lacks(dark):
    pieces = dark[:, :5, :9] // 4
    whole = lit(dark, dark)
    made = lit(dark[:, :5, :9], dark)
    np.testing.assert_allclose(made, whole[:, :5, :9], atol=1e-3)
    assert lit(pieces, dark).max() < 0.7 * made.max()


def test_black_pictures_stay_black():
    assert lit(np.zeros((1, 8, 8, 3))).max() < 0.1
