import numpy as np
import pytest

from keras_productgen.editing import latents as space
from keras_productgen.editing.latents import mixing
from keras_productgen.models import StyleGAN2
from tests.editing.latents import toys


def test_resolutions_begin_where_the_synthesis_says():
    model = StyleGAN2(32, latent_dim=4, width=1, mapping_layers=1)
    first = [
        mixing.first_fine_layer(model, size) for size in (4, 8, 16, 32, 64)
    ]
    assert first == [0, 1, 3, 5, 8]
    assert model.num_layers == 8


def test_all_coarse_is_the_first_and_all_fine_the_second():
    model = toys.stylegan2()
    pictures = space.mix(model, [1, 2], [3])
    assert pictures.shape == (2, 3, 8, 8, 3)  # From 4, 8 and 16.
    for place, seed in enumerate((1, 2)):
        first = model.generate(1, seed=seed)[0]
        np.testing.assert_allclose(pictures[place, -1], first, atol=1e-2)
    second = model.generate(1, seed=3)
    np.testing.assert_allclose(pictures[:, 0], [*second] * 2, atol=1e-2)
    between = pictures[:, 1]
    assert np.abs(between - pictures[:, 0]).max() > 0.1
    assert np.abs(between - pictures[:, -1]).max() > 0.1


def test_coarse_and_fine_may_have_conditions_of_their_own():
    model = toys.stylegan2(**toys.CONDITIONED)
    other = {**toys.ASKED, "category": "a"}
    pictures = space.mix(model, 1, 1, [4, 16], toys.ASKED, other)
    for picture, asked in zip(pictures[0], (other, toys.ASKED)):
        expected = model.generate(1, seed=1, conditions=asked)[0]
        np.testing.assert_allclose(picture, expected, atol=1e-2)
    assert np.abs(pictures[0, 0] - pictures[0, 1]).max() > 0.1


def test_refuses_what_cannot_be_mixed():
    with pytest.raises(ValueError, match="StyleGAN2.*type DCGAN"):
        space.mix(toys.dcgan(), 1, 2)
    model = toys.stylegan2()
    with pytest.raises(ValueError, match=r"\[4, 8, 16\]. Received: 32"):
        space.mix(model, 1, 2, [32])
    with pytest.raises(ValueError, match="2 and 3"):
        space.mix(model, [1, 2], [1, 2, 3])
