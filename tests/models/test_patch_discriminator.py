import numpy as np
import pytest
from keras import ops

from keras_productgen import backend
from keras_productgen import layers
from keras_productgen.models.patch_discriminator import patch_discriminator
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.models.cases import TRANSLATING

pytestmark = pytest.mark.backends


def test_three_layers_see_seventy_pixels():
    network = patch_discriminator(256, 64, 3, "instance")
    assert network.output_shape == (None, 30, 30, 1)
    assert network.count_params() == 2_765_633


def test_logit_depends_on_its_patch_alone():
    network = patch_discriminator(64, 1, 2, "batch")
    generator = np.random.default_rng(0)
    for weight in network.weights:
        if weight.name == "kernel":
            weight.assign(generator.uniform(0.1, 1.0, weight.shape))
    images = generator.uniform(-1, 1, (1, 64, 64, 3)).astype("float32")
    gradient = backend.input_gradient(
        lambda images: network(images)[:, 6, 7], ops.convert_to_tensor(images)
    )
    rows, columns = np.nonzero(to_numpy(gradient)[0].sum(-1))
    # Receptive field of 34 pixels, 4 from one to the next.
    assert (rows.min(), rows.max()) == (6 * 4 - 11, 6 * 4 - 11 + 33)
    assert (columns.min(), columns.max()) == (7 * 4 - 11, 7 * 4 - 11 + 33)


def test_spectral_normalization_takes_the_place_of_the_other():
    network = patch_discriminator(16, 2, 1, "spectral", given_channels=1)
    kinds = [type(layer) for layer in network.layers]
    assert kinds.count(layers.SpectralNormalization) == 3
    assert not {layers.Conv2D, layers.InstanceNormalization} & {*kinds}
    assert network.layers[-1].layer.dtype_policy.name == "float32"


@pytest.mark.parametrize("name", ["Pix2Pix", "CycleGAN"])
def test_translations_may_have_spectral_normalization(name):
    for wanted in (False, True):
        model = TRANSLATING[name](spectral_normalization=wanted)
        found = [
            isinstance(layer, layers.SpectralNormalization)
            for layer in model.discriminator._flatten_layers()
        ]
        assert any(found) == wanted
        check_config_round_trip(model)
        assert not any(
            isinstance(layer, layers.SpectralNormalization)
            for layer in model.generator._flatten_layers()
        )


def test_refuses_layers_that_leave_no_patch():
    for num_layers in (0, 3):
        with pytest.raises(
            ValueError, match=f"Received: discriminator_layers={num_layers}"
        ):
            patch_discriminator(16, 2, num_layers, "instance")
