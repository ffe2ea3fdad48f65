import json

import keras
import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen.metrics import PerceptualNetwork
from tests.checks import to_numpy
from tests.encoders.pictures import drawings


@pytest.fixture(scope="module")
def encoder():
    return encoders.product_encoder(64, (4, 6, 8))


def calibration(path, encoder, **changes):
    content = {
        "encoder": encoders.describe(encoder)["sha256"],
        "weights": [[0.5] * 4, [0.0] * 6, [2.0] * 8],
    }
    path.write_text(json.dumps(content | changes))
    return path


@pytest.mark.backends
def test_sees_what_the_encoder_sees_at_its_size(encoder):
    pictures = drawings(2).astype("float32")
    wanted = encoders.feature_maps(encoder)(pictures)
    for stage, same in zip(PerceptualNetwork(encoder).maps(pictures), wanted):
        np.testing.assert_allclose(to_numpy(stage), to_numpy(same), atol=1e-5)


def test_large_pictures_have_large_maps(encoder):
    pictures = np.zeros((1, 96, 160, 3), "float32")
    shapes = [tuple(x.shape) for x in PerceptualNetwork(encoder).maps(pictures)]
    assert shapes == [(1, 48, 80, 4), (1, 24, 40, 6), (1, 12, 20, 8)]


def test_loads_the_weights_of_its_encoder(encoder, tmp_path):
    path = calibration(tmp_path / "weights.json", encoder)
    network = PerceptualNetwork.load(encoder, path)
    assert network.weights == [[0.5] * 4, [0.0] * 6, [2.0] * 8]


def test_refuses_the_calibration_of_another_encoder(encoder, tmp_path):
    path = calibration(tmp_path / "weights.json", encoder)
    keras.utils.set_random_seed(1)
    other = encoders.product_encoder(64, (4, 6, 8))
    with pytest.raises(ValueError, match="calibrate_perceptual"):
        PerceptualNetwork.load(other, path)


@pytest.mark.parametrize(
    "weights",
    [
        [[1.0] * 4, [1.0] * 6],
        [[1.0] * 4, [1.0] * 6, [1.0] * 7],
        [[1.0] * 4, [1.0] * 6, [-1.0] * 8],
    ],
)
def test_refuses_weights_that_do_not_fit(encoder, weights):
    with pytest.raises(ValueError, match="Received: lists of"):
        PerceptualNetwork(encoder, weights)
