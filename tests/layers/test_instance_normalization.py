import numpy as np
import pytest

from keras_productgen.layers import InstanceNormalization
from keras_productgen.layers import LayerNormalization
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


@pytest.mark.parametrize(
    "layer_class, axes",
    [(InstanceNormalization, (1, 2)), (LayerNormalization, -1)],
)
def test_agrees_with_numpy(layer_class, axes):
    values = np.random.default_rng(0).normal(3.0, 2.0, (2, 5, 6, 7))
    values = values.astype("float32")
    mean = values.mean(axes, keepdims=True)
    variance = values.var(axes, keepdims=True)
    expected = (values - mean) / np.sqrt(variance + 1e-3)
    np.testing.assert_allclose(
        to_numpy(layer_class()(values)), expected, atol=1e-4
    )
    np.testing.assert_allclose(
        to_numpy(layer_class(affine=False)(values)), expected, atol=1e-4
    )


@pytest.mark.parametrize(
    "layer_class", [InstanceNormalization, LayerNormalization]
)
def test_config_round_trip(layer_class):
    check_config_round_trip(layer_class(epsilon=1e-2, affine=False))
