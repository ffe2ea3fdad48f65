import numpy as np
import pytest

from keras_productgen.layers import LearnedConstant
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def test_all_pictures_start_from_the_same_weights():
    layer = LearnedConstant((2, 3, 4))
    features = to_numpy(layer(np.ones((5, 7), "float32")))
    assert features.shape == (5, 2, 3, 4)
    (constant,) = layer.get_weights()
    for row in features:
        np.testing.assert_array_equal(row, constant)
    check_config_round_trip(layer)
