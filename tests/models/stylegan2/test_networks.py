import keras
import numpy as np
import pytest

from keras_productgen.models.stylegan2 import networks
from tests.checks import to_numpy


@pytest.mark.parametrize("size, count", [(8, 4), (64, 10), (1024, 18)])
def test_number_of_layers_is_the_paper_s(size, count):
    assert networks.num_layers(size) == count


def test_widths_are_those_of_the_paper_s_smaller_networks():
    assert networks.resolution_widths(256, 64) == [64, 128, 256, *[512] * 4]


def test_size_of_the_latents_does_not_matter():
    mapping = networks.mapping_network(8, 2, {}, {})
    latents = np.random.default_rng(0).normal(size=(3, 8)).astype("float32")
    small, large = to_numpy(mapping(latents)), to_numpy(mapping(9 * latents))
    np.testing.assert_allclose(small, large, atol=1e-4)


def test_values_keep_their_size_through_all_layers():
    keras.utils.set_random_seed(0)
    synthesis = networks.synthesis_network(16, 8, 8, seed=0)
    styles = np.random.default_rng(0).normal(size=(8, 6, 8)).astype("float32")
    assert 0.3 < np.std(to_numpy(synthesis(styles))) < 10.0
    discriminator = networks.stylegan2_discriminator(16, 8, {}, {})
    images = np.random.default_rng(0).normal(size=(8, 16, 16, 3))
    logits = to_numpy(discriminator(images.astype("float32")))
    assert 0.05 < np.sqrt(np.mean(logits**2)) < 10.0
