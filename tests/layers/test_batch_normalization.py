import keras
import numpy as np
import pytest

from keras_productgen.layers import BatchNormalization
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def images(seed=0):
    values = np.random.default_rng(seed).normal(3.0, 2.0, (4, 5, 6, 7))
    return values.astype("float32")


@pytest.mark.parametrize("affine", [True, False])
def test_trains_and_infers_as_the_layer_of_keras(affine):
    arguments = dict(momentum=0.8, epsilon=1e-4, center=affine, scale=affine)
    ours = BatchNormalization(**arguments)
    theirs = keras.layers.BatchNormalization(**arguments)
    for seed in range(3):
        batch = images(seed)
        np.testing.assert_allclose(
            to_numpy(ours(batch, training=True)),
            to_numpy(theirs(batch, training=True)),
            atol=1e-4,
        )
    for mine, its in zip(ours.get_weights(), theirs.get_weights()):
        np.testing.assert_allclose(mine, its, atol=1e-4)
    np.testing.assert_allclose(
        to_numpy(ours(images())), to_numpy(theirs(images())), atol=1e-4
    )


def test_frozen_layer_keeps_its_statistics():
    layer = BatchNormalization()
    layer(images(), training=True)
    before = layer.get_weights()
    layer.trainable = False
    layer(images(1), training=True)
    for old, new in zip(before, layer.get_weights()):
        np.testing.assert_array_equal(old, new)


def test_half_precision_keeps_the_statistics_in_float32():
    layer = BatchNormalization(dtype="mixed_bfloat16", momentum=0.0)
    outputs = layer(images(), training=True)
    assert keras.backend.standardize_dtype(outputs.dtype) == "bfloat16"
    mean = to_numpy(layer.moving_mean.value)
    np.testing.assert_allclose(mean, images().mean((0, 1, 2)), atol=0.02)


def test_refuses_other_axes():
    with pytest.raises(ValueError, match="Received: axis=1"):
        BatchNormalization(axis=1)


def test_config_round_trip():
    check_config_round_trip(BatchNormalization(momentum=0.7))
