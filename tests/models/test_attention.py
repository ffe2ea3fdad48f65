"""Families with self-attention and spectral normalization."""

import keras
import numpy as np
import pytest

from keras_productgen import layers
from keras_productgen import models
from keras_productgen import training
from tests.augmentation.differentiable import slow_on_jax
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.models.cases import SMALL
from tests.models.cases import check_same_state
from tests.models.cases import conditions_of_one
from tests.models.cases import data_for
from tests.models.cases import fit

FAMILIES = {
    "DCGAN": dict(spectral_normalization=True),
    "WGAN": dict(spectral_normalization=True),
    "WGANGP": dict(spectral_normalization=True),
    "ACGAN": dict(categories={"category": ["a", "b"]}),
    "ConditionalGAN": dict(categories={"category": ["a", "b"]}),
}


# Sizes at which both networks of each have feature maps.
PLACES = {
    "StyleGAN2": ((4, 8), dict(mapping_layers=2)),
    "FastGAN": ((8,), dict(width=2)),
    "FeatureGAN": ((4, 8), dict(latent_dim=4)),
    "Pix2Pix": ((8,), dict(width=2, discriminator_layers=1)),
    "CycleGAN": ((4, 8), dict(width=2, num_blocks=1, discriminator_layers=2)),
    "StarGAN": (
        (4, 8),
        dict(width=2, num_blocks=1, discriminator_layers=2, vectors={"c": 3}),
    ),
}


def make(family, **kwargs):
    keras.utils.set_random_seed(0)
    settings = {**SMALL, **FAMILIES[family], "attention": (4,), **kwargs}
    return getattr(models, family)(**settings)


def attentions_of(network):
    return [x for x in network.layers if isinstance(x, layers.SelfAttention)]


@pytest.mark.parametrize("family", FAMILIES)
def test_both_networks_attend_where_asked(family):
    model = make(family, image_size=16, attention=(4, 8))
    for network in (model.generator, model.discriminator):
        names = {layer.name for layer in attentions_of(network)}
        assert names == {"attention_4", "attention_8"}
    check_config_round_trip(model)


@pytest.mark.parametrize("family", PLACES)
def test_other_families_attend_within_their_parts(family):
    keras.utils.set_random_seed(0)
    places, arguments = PLACES[family]
    model = getattr(models, family)(
        image_size=16, seed=0, attention=places, **arguments
    )
    for network in (model.generator, model.discriminator):
        found = [
            layer.name
            for layer in network._flatten_layers()
            if isinstance(layer, layers.SelfAttention)
        ]
        assert set(found) == {f"attention_{place}" for place in places}
    check_config_round_trip(model)
    with pytest.raises(ValueError, match="resolutions out of"):
        getattr(models, family)(image_size=16, attention=(3,), **arguments)


def test_attention_of_pictures_of_any_size():
    _, arguments = PLACES["CycleGAN"]
    model = models.CycleGAN(image_size=16, attention=(4,), **arguments)
    generator = model.ema_generator.get_layer("a_to_b")
    for size in (16, 24):
        pictures = np.zeros((1, size, size, 3), "float32")
        assert model.translate(pictures).shape == pictures.shape
        maps = models.attention_maps(generator, pictures)[4]
        quarter = size // 4
        assert maps.shape == (1, *2 * (quarter,), *2 * (quarter // 2,))
        np.testing.assert_allclose(maps.sum(axis=(3, 4)), 1.0, rtol=1e-4)


@pytest.mark.parametrize("family", ["DCGAN", "WGANGP"])
def test_spectral_normalization_takes_the_place_of_the_other(family):
    for is_wanted in (True, False):
        model = make(family, spectral_normalization=is_wanted)
        network = model.discriminator
        kinds = [type(layer) for layer in network.layers]
        wrapped = kinds.count(layers.SpectralNormalization)
        assert wrapped == (2 if is_wanted else 0)
        (attention,) = attentions_of(network)
        assert attention.spectral_normalization == is_wanted
        assert layers.BatchNormalization not in kinds


@slow_on_jax
@pytest.mark.backends
def test_saved_training_goes_on_as_if_never_saved(tmp_path):
    """With a penalty: its second derivatives go through all of this."""

    def fitted(epochs):
        model = make("WGANGP")
        model.compile(discriminator_steps=1)
        fit(model, epochs)
        return model

    straight, first = fitted(2), fitted(1)
    first.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    fit(loaded, epochs=2, initial_epoch=1)
    check_same_state(loaded, straight)
    for network in (loaded.generator, loaded.discriminator):
        for layer in attentions_of(network):
            assert abs(float(to_numpy(layer.gamma.value))) > 1e-5


@pytest.mark.parametrize("family", ["DCGAN", "ConditionalGAN"])
def test_trains_in_bfloat16(family):
    model = make(family, dtype="mixed_bfloat16")
    model.compile()
    history = fit(model).history
    assert np.isfinite([history["d_loss"], history["g_loss"]]).all()


def test_maps_are_those_of_the_layers():
    model = make("DCGAN", image_size=16, attention=(8, 4))
    images = model.to_network(data_for(model, 3)[0])
    maps = models.attention_maps(model.discriminator, images)
    assert {k: v.shape for k, v in maps.items()} == {
        8: (3, 8, 8, 4, 4),
        4: (3, 4, 4, 2, 2),
    }
    first = model.discriminator.get_layer("attention_8")
    below = keras.Model(model.discriminator.input, first.input)
    expected = to_numpy(first.attention(below(images)))
    np.testing.assert_allclose(maps[8], expected, atol=1e-6)


def test_maps_of_a_conditional_generator():
    model = make("ConditionalGAN")
    latents = model.numbered_latents(2, seed=0)
    inputs = model.generator_inputs(latents, conditions_of_one(model))
    maps = models.attention_maps(model.ema_generator, inputs)
    assert maps[4].shape == (2, 4, 4, 2, 2)
    np.testing.assert_allclose(maps[4].sum(axis=(3, 4)), 1.0, atol=1e-5)


def test_network_without_attention():
    model = make("DCGAN", attention=())
    with pytest.raises(ValueError, match="make the model with"):
        models.attention_maps(model.generator, np.zeros((1, 4)))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("attention", [(8,), (3,), 4, "4"])
def test_resolutions_that_are_none(family, attention):
    with pytest.raises(ValueError, match=r"out of \[4\]. Received: attention="):
        make(family, attention=attention)


def test_plot_shows_the_attention_of_each_point(tmp_path):
    image = np.zeros((16, 16, 3))
    attention = np.zeros((8, 8, 4, 4))
    attention[2, 6, 1, 3] = 1.0  # Of the pixels around row 4, column 12.
    path = tmp_path / "attention.png"
    figure = training.attention_plot(image, attention, [(5, 13), (0, 0)], path)
    _, first, second = figure.axes
    shown = np.asarray(first.images[1].get_array())
    np.testing.assert_array_equal(shown, attention[2, 6])
    assert not np.asarray(second.images[1].get_array()).any()
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("points", [[], [(16, 0)], [(0, -1)]])
def test_points_outside(points):
    with pytest.raises(ValueError, match="within 16 x 16"):
        training.attention_plot(
            np.zeros((16, 16, 3)), np.zeros((8, 8, 4, 4)), points
        )
