import keras
import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen.backend import input_gradient
from tests.checks import to_numpy
from tests.encoders.pictures import drawings

pytestmark = pytest.mark.backends


def test_stages_halve_the_size_of_the_maps():
    maps = encoders.feature_maps(encoders.load())
    shapes = [stage.shape for stage in maps(drawings(2, 80).astype("float32"))]
    assert [tuple(shape) for shape in shapes] == [
        (2, 32, 32, 24),
        (2, 16, 16, 48),
        (2, 8, 8, 80),
        (2, 4, 4, 104),
    ]
    assert not maps.trainable_weights


def test_features_are_the_means_of_the_later_maps():
    encoder = encoders.product_encoder()
    pictures = drawings(2).astype("float32")
    _, *maps = encoders.feature_maps(encoder)(pictures)
    means = [to_numpy(stage).mean((1, 2)) for stage in maps]
    np.testing.assert_allclose(
        np.concatenate(means, 1), to_numpy(encoder(pictures)), atol=1e-5
    )


def test_maps_of_another_value_range_are_the_same():
    pictures = drawings(2).astype("float32")
    maps = encoders.feature_maps(encoders.load())(pictures)
    other = encoders.load(value_range=(-1, 1))
    others = encoders.feature_maps(other)(pictures / 127.5 - 1.0)
    for stage, same in zip(maps, others):
        np.testing.assert_allclose(to_numpy(stage), to_numpy(same), atol=1e-3)


def test_gradients_reach_the_pictures():
    maps = encoders.feature_maps(encoders.load())
    pictures = keras.ops.convert_to_tensor(drawings(2).astype("float32"))
    gradient = input_gradient(
        lambda x: sum(keras.ops.mean(stage) for stage in maps(x)), pictures
    )
    assert (to_numpy(gradient).std((1, 2, 3)) > 0.0).all()


def test_refuses_networks_without_stages():
    inputs = keras.Input((8, 8, 3))
    mean = keras.layers.GlobalAveragePooling2D()(inputs)
    with pytest.raises(ValueError, match="stages.*'flat'"):
        encoders.feature_maps(keras.Model(inputs, mean, name="flat"))
