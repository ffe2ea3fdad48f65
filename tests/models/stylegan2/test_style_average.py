import numpy as np
import pytest

from keras_productgen.models.stylegan2.style_average import StyleAverage
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends

STYLES = np.array([[1.0, 2.0], [3.0, -2.0]], "float32")


def test_every_layer_gets_the_style():
    for_layers = to_numpy(StyleAverage(3)(STYLES))
    np.testing.assert_array_equal(for_layers, np.stack([STYLES] * 3, axis=1))


def test_average_follows_the_styles_of_the_training_alone():
    layer = StyleAverage(3, momentum=0.75)
    layer(STYLES)
    np.testing.assert_array_equal(to_numpy(layer.average.value), [0.0, 0.0])
    layer(STYLES, training=True)
    np.testing.assert_allclose(to_numpy(layer.average.value), [0.5, 0.0])
    layer(STYLES, training=True)
    np.testing.assert_allclose(to_numpy(layer.average.value), [0.875, 0.0])


def test_config_round_trip():
    check_config_round_trip(StyleAverage(4, 0.9))
