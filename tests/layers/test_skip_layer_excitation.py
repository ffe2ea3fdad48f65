import numpy as np
import pytest
from keras import ops

from keras_productgen.layers import SkipLayerExcitation
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends

FEATURES = np.random.default_rng(0).normal(size=(2, 4, 6, 5)).astype("float32")
GUIDES = np.random.default_rng(1).normal(size=(2, 8, 8, 3)).astype("float32")


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def by_hand(gather, weigh, features, guides):
    """Equation 1 of the paper for one picture, place after place."""
    gathered = np.zeros(features.shape[-1])
    for row, column in np.ndindex(4, 4):
        block = guides[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        gathered += block.mean(axis=(0, 1)) @ gather[row, column]
    gathered *= sigmoid(gathered)
    return features * sigmoid(gathered @ weigh[0, 0])


def test_agrees_with_the_paper_place_by_place():
    layer = SkipLayerExcitation()
    outputs = to_numpy(layer(FEATURES, GUIDES))
    kernels = [to_numpy(part.kernel) for part in (layer.gather, layer.weigh)]
    for row in range(2):
        expected = by_hand(*kernels, FEATURES[row], GUIDES[row])
        np.testing.assert_allclose(outputs[row], expected, atol=1e-5)


def test_spectral_normalization_divides_both_kernels_by_their_norm():
    layer = SkipLayerExcitation(spectral_normalization=True)
    for _ in range(30):  # Steps of the power method.
        layer(FEATURES, GUIDES, training=True)
    kernels = []
    for part in (layer.gather, layer.weigh):
        kernel = to_numpy(part.layer.kernel)
        matrix = kernel.reshape(-1, kernel.shape[-1])
        kernels.append(kernel / np.linalg.norm(matrix, 2))
    outputs = to_numpy(layer(FEATURES, GUIDES))
    expected = by_hand(*kernels, FEATURES[1], GUIDES[1])
    np.testing.assert_allclose(outputs[1], expected, atol=1e-4)


def test_shape_is_that_of_the_features():
    layer = SkipLayerExcitation()
    shape = layer.compute_output_shape((None, 4, 6, 5), (None, 8, 8, 3))
    assert shape == (None, 4, 6, 5)


def test_refuses_guides_that_do_not_divide_by_four():
    with pytest.raises(ValueError, match="Received: guides.shape="):
        SkipLayerExcitation()(FEATURES, ops.zeros((2, 6, 6, 3)))


def test_config_round_trip():
    check_config_round_trip(SkipLayerExcitation(spectral_normalization=True))
