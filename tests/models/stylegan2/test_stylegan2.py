"""What StyleGAN2 alone does; the rest is in the conformance tests."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.models.batch import Batch
from tests.checks import to_numpy
from tests.models.cases import SMALL
from tests.models.cases import data_for

LATENTS = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")


@pytest.fixture
def model():
    return models.StyleGAN2(**SMALL, mapping_layers=1)


def test_pictures_are_the_synthesis_of_mapped_latents(model):
    latents = model.numbered_latents(3, seed=5)
    styles = model.map(latents)
    assert styles.shape == (3, 4, 4)
    pictures = model.generate(3, seed=5)
    np.testing.assert_allclose(model.synthesize(styles, 2), pictures, atol=1e-3)
    called = to_numpy(model(latents))
    np.testing.assert_allclose(pictures / 127.5, called / 127.5, atol=1e-5)


def test_truncation_draws_pictures_towards_the_average(model):
    average = model.ema_generator.get_layer("style_average").average
    average.assign([0.1, 0.2, 0.3, 0.4])
    whole = model.map(LATENTS)
    half = model.map(LATENTS, truncation=0.5)
    expected = (whole + to_numpy(average.value)) / 2
    np.testing.assert_allclose(half, expected, atol=1e-6)
    free, truncated = (
        model.generate(8, seed=0, truncation=value).std(axis=0).mean()
        for value in (1.0, 0.5)
    )
    assert truncated < free
    first, *others = model.generate(3, seed=0, truncation=0.0)
    for other in others:
        np.testing.assert_allclose(other, first, atol=1e-3)


def test_saved_model_truncates_to_the_same_average(model, tmp_path):
    average = model.ema_generator.get_layer("style_average").average
    average.assign([0.1, 0.2, 0.3, 0.4])
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(
        loaded.generate(2, seed=0, truncation=0.3),
        model.generate(2, seed=0, truncation=0.3),
    )


def test_mixed_styles_come_from_either_side_of_the_crossover(model):
    coarse, fine = model.map(LATENTS[:2]), model.map(LATENTS[2:3])
    mixed = model.mix_styles(coarse, fine, 3)
    np.testing.assert_array_equal(mixed[:, :3], coarse[:, :3])
    np.testing.assert_array_equal(mixed[:, 3], fine[[0, 0], 3])


def styles_of_a_step(model, training=True):
    batch = Batch(np.zeros((64, 8, 8, 3), "float32"), None, LATENTS)
    own = to_numpy(model.generator.get_layer("mapping")(LATENTS))
    own = np.repeat(own[:, None], model.num_layers, axis=1)
    styles = to_numpy(model.styles(batch, training))
    return np.all(np.isclose(styles, own, atol=1e-6), axis=-1)


@pytest.mark.backends
def test_training_mixes_the_styles_of_two_latents(model):
    model.compile(style_mixing=1.0)
    is_own = styles_of_a_step(model)
    assert is_own[:, 0].all() and not is_own[:, -1].any()
    # Once another's, always another's.
    assert (np.diff(is_own.astype(int), axis=1) <= 0).all()
    assert {*is_own.sum(axis=1)} == {1, 2, 3}


def test_nothing_is_mixed_where_it_should_not(model):
    model.compile(style_mixing=0.5)
    assert 10 < styles_of_a_step(model).all(axis=1).sum() < 54
    assert styles_of_a_step(model, training=False).all()
    model.compile(style_mixing=0.0)
    assert styles_of_a_step(model).all()


@pytest.mark.backends
def test_path_length_is_measured_every_few_steps(model):
    model.compile(path_length_interval=2, r1_weight=0.0)
    images, _ = data_for(model, 4)
    means = [float(to_numpy(model.mean_path_length.value))]
    for _ in range(3):
        logs = model.train_on_batch(images, return_dict=True)
        means.append(float(to_numpy(model.mean_path_length.value)))
    assert means[0] < means[1] == means[2] < means[3]
    assert "path_length" in logs


def test_paper_settings_by_hand():
    settings = models.StyleGAN2(64, 4, 4, 1).paper_settings()
    assert settings["r1_weight"] == pytest.approx(0.0128)
    assert settings["penalty_interval"] == 16
    for name, share in (("d_optimizer", 16 / 17), ("g_optimizer", 4 / 5)):
        optimizer = settings[name]
        rate = float(to_numpy(optimizer.learning_rate))
        assert rate == pytest.approx(0.002 * share)
        assert optimizer.beta_1 == 0.0
        assert optimizer.beta_2 == pytest.approx(0.99**share)


def test_settings_are_kept(model):
    settings = dict(
        style_mixing=0.3, path_length_weight=1.5, path_length_interval=5
    )
    model.compile(**settings)
    config = model.get_compile_config()
    assert settings.items() <= config.items()
    model.compile_from_config(config)
    assert model.path_length_interval == 5


@pytest.mark.parametrize(
    "settings",
    [
        {"style_mixing": 1.1},
        {"path_length_weight": -1.0},
        {"path_length_interval": 0},
    ],
)
def test_settings_out_of_range(model, settings):
    ((name, value),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        model.compile(**settings)


def test_refuses_what_is_no_style_of_its_own(model):
    with pytest.raises(ValueError, match=r"`latents`.*\(num_images, 4\)"):
        model.map(np.zeros((2, 5)))
    with pytest.raises(ValueError, match=r"`styles`.*\(num_images, 4, 4\)"):
        model.synthesize(np.zeros((2, 3, 4)))
    for truncation in ("0.7", None, float("nan")):
        with pytest.raises(ValueError, match="Received: truncation="):
            model.generate(1, truncation=truncation)
    styles = model.map(LATENTS[:2])
    for crossover in (-1, 5):
        with pytest.raises(ValueError, match=f"4.*crossover={crossover}"):
            model.mix_styles(styles, styles, crossover)
    with pytest.raises(ValueError, match="takes no conditions"):
        model.generate(1, conditions={"category": 0})
    with pytest.raises(ValueError, match="Received: mapping_layers=0"):
        models.StyleGAN2(**SMALL, mapping_layers=0)
    with pytest.raises(ValueError, match="Received: image_size=12"):
        models.StyleGAN2(image_size=12)
