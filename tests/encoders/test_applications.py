import keras
import numpy as np
import pytest

from keras_productgen import encoders
from tests.augmentation.differentiable import slow_on_jax
from tests.checks import to_numpy
from tests.encoders.pictures import drawings

pytestmark = pytest.mark.backends
SIZE = 32


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """A weights file such as a user has, of an untrained network."""
    network = keras.applications.MobileNetV2(
        include_top=False,
        weights=None,
        input_shape=(SIZE, SIZE, 3),
        pooling="avg",
    )
    path = tmp_path_factory.mktemp("weights") / "mobile.weights.h5"
    network.save_weights(path)
    return network, path


@slow_on_jax
def test_does_what_the_network_wants_inside(weights):
    network, path = weights
    encoder = encoders.from_application("MobileNetV2", path, SIZE)
    pictures = drawings(size=SIZE).astype("float32")
    scaled = keras.applications.mobilenet_v2.preprocess_input(pictures.copy())
    np.testing.assert_allclose(
        to_numpy(encoder(pictures)), to_numpy(network(scaled)), atol=1e-5
    )


@slow_on_jax
def test_takes_any_size_and_range(weights):
    encoder = encoders.from_application(
        "MobileNetV2", weights[1], SIZE, value_range=(0, 1)
    )
    rows = to_numpy(encoder(drawings(2, size=48) / np.float32(255)))
    assert rows.shape == (2, 1280) and rows.dtype == np.float32
    assert not encoder.trainable_weights


@pytest.mark.parametrize("name", ["VGG16", "ResNet50"])
def test_channel_order_of_older_networks_is_turned(name, monkeypatch):
    module = encoders.applications._module_of(name)
    seen = keras.Input((SIZE, SIZE, 3))
    probe = keras.Model(seen, keras.layers.GlobalAveragePooling2D()(seen))
    monkeypatch.setattr(module, name, lambda **settings: probe)
    encoder = encoders.from_application(name, __file__, SIZE)
    red = np.zeros((1, SIZE, SIZE, 3), "float32") + (200.0, 0.0, 0.0)
    blue, green, last = to_numpy(encoder(red.astype("float32")))[0]
    assert blue < 0 and green < 0 and abs(last - 76.32) < 1e-2


def test_nothing_is_downloaded_unless_asked_for_by_name():
    with pytest.raises(ValueError, match="'imagenet' to download"):
        encoders.from_application("MobileNetV2")
    with pytest.raises(ValueError, match="nowhere"):
        encoders.from_application("MobileNetV2", "nowhere.h5")


@pytest.mark.parametrize("name", ["Inception", "preprocess_input", "keras"])
def test_refuses_networks_that_are_not_there(name):
    with pytest.raises(ValueError, match="MobileNetV2"):
        encoders.from_application(name, weights="imagenet")
