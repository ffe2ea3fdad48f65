"""What is FeatureGAN's own: features to pictures, and changes of them."""

import keras
import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen import models
from tests.checks import to_numpy
from tests.models.feature_gan.conftest import CATEGORIES


def quick(model):
    model.compile(
        d_optimizer=keras.optimizers.Adam(1e-3, beta_1=0.5),
        g_optimizer=keras.optimizers.Adam(1e-2, beta_1=0.5),
        ema_decay=0.9,
    )
    return model


def test_draws_again_what_it_has_not_seen_and_changes_its_color(make, striped):
    images, _ = striped
    model = quick(make(categories=CATEGORIES, vectors={"color": 3}))
    train = keras.tree.map_structure(lambda rows: rows[:96], striped)
    model.fit(*train, batch_size=16, epochs=60, verbose=0)
    unseen, baseline = images[96:], images[:96].mean(axis=0)
    error = np.abs(model.reconstruct(unseen) - unseen).mean()
    assert error < 0.4 * np.abs(baseline - unseen).mean()
    red = model.reconstruct(unseen, conditions={"color": (0.9, 0.1, 0.1)})
    light = red[:, 2:4].mean(axis=(0, 1, 2))  # Between the stripes.
    assert light[0] > 170 and light[1:].max() < 90
    stripes = model.reconstruct(unseen, conditions={"category": "striped"})
    assert stripes[:, ::4].mean() < 0.5 * stripes[:, 2::4].mean()


@pytest.mark.backends
def test_saved_model_keeps_its_encoder_and_what_it_learned_of_features(
    conditional, striped, tmp_path
):
    images, conditions = striped
    conditional.compile()
    conditional.fit(images, conditions, verbose=0)
    conditional.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(
        loaded.reconstruct(images[:3], {"color": (0.0, 0.0, 1.0)}),
        conditional.reconstruct(images[:3], {"color": (0.0, 0.0, 1.0)}),
        atol=1e-2,
    )
    before = [to_numpy(w.value) for w in loaded.space.weights]
    rows = {name: values[:64] for name, values in conditions.items()}
    loaded.fit(images[:64], rows, verbose=0)
    for weight, old in zip(loaded.space.weights, before, strict=True):
        np.testing.assert_array_equal(to_numpy(weight.value), old)


def test_training_leaves_the_encoder_alone(striped):
    encoder = encoders.product_encoder(image_size=8, widths=(2, 12))
    model = models.FeatureGAN(image_size=8, width=4, encoder=encoder)
    before = [to_numpy(w.value) for w in encoder.weights]
    model.compile()
    model.fit(striped[0], verbose=0)
    for weight, old in zip(encoder.weights, before, strict=True):
        np.testing.assert_array_equal(to_numpy(weight.value), old)


def test_the_encoder_that_ships_is_the_default():
    model = models.FeatureGAN(image_size=8, width=2)
    assert encoders.describe(model.encoder)["name"] == "products"
    assert model.latent_dim == 232
    model = models.FeatureGAN(image_size=8, width=2, categories={"a": 5})
    assert model.latent_dim == 228


def test_conditions_are_guessed_unless_they_are_known(conditional, striped):
    images, conditions = striped
    conditional.adapt(images, conditions)
    standard = conditional.space.standard(conditional.extracted(images))
    guess = conditional.guessed(standard)
    np.testing.assert_array_equal(guess["category"], conditions["category"])
    assert np.abs(guess["color"] - conditions["color"]).mean() < 0.1
    assert guess["color"].min() >= 0.0 and guess["color"].max() <= 1.0
    guessed, told, wrong = (
        conditional.reconstruct(images[:4], known=known)
        for known in (None, {"category": [0, 1, 0, 1]}, {"category": 1})
    )
    np.testing.assert_array_equal(guessed, told)
    assert np.abs(guessed - wrong)[::2].max() > 1e-3
    np.testing.assert_array_equal(guessed[1::2], wrong[1::2])


def test_pictures_are_those_asked_for_whatever_they_were(conditional, striped):
    images, _ = striped
    conditional.adapt(*striped)
    asked = {"category": "striped", "color": (0.1, 0.2, 0.3)}
    first, second = (
        conditional.reconstruct(images[:4], asked, known=known)
        for known in (None, {"category": "plain", "color": (1.0, 1.0, 1.0)})
    )
    np.testing.assert_array_equal(first, second)


def test_value_range_does_not_change_the_features(make, striped):
    pictures = []
    for value_range in ((0, 255), (0, 1)):
        model = make(value_range=value_range)
        images = striped[0] * (value_range[1] / 255)
        model.adapt(images)
        drawn = model.reconstruct(images[:4]) / value_range[1]
        pictures.append(drawn)
    np.testing.assert_allclose(pictures[0], pictures[1], atol=1e-3)


def test_batches_of_any_size_give_the_same(make, striped):
    model = make()
    model.adapt(striped[0])
    together = model.reconstruct(striped[0][:7])
    by_threes = model.reconstruct(striped[0][:7], batch_size=3)
    np.testing.assert_allclose(by_threes, together, atol=1e-3)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"latent_dim": 0}, "Received: latent_dim=0"),
        ({"latent_dim": 49}, "from 1 to 48.*Received: latent_dim=49"),
        (
            {"latent_dim": 46, "vectors": {"color": 3}},
            "conditions take 3. Received: latent_dim=46",
        ),
        ({"encoder": "VGG16"}, "`encoder` must be a `keras.Model`"),
        ({"image_size": 16}, r"shape \(16, 16, 3\).*Resizing"),
        ({"image_size": 12}, "`image_size` must be one of"),
    ],
)
def test_models_that_cannot_be_made(make, arguments, message):
    with pytest.raises(ValueError, match=message):
        make(**arguments)


def test_feature_maps_are_no_vector(make):
    images = keras.Input((8, 8, 3))
    encoder = keras.Model(images, keras.layers.Conv2D(4, 3)(images))
    with pytest.raises(ValueError, match="Flatten.*output shape"):
        make(encoder=encoder)


@pytest.mark.parametrize(
    "asked, message",
    [
        ({"size": 3}, r"some of \['category', 'color'\]"),
        ({"category": "dotted"}, "one of .*category='dotted'"),
        ({"color": (0.1, 0.2)}, "one value for all"),
    ],
)
def test_wishes_that_cannot_be_met(conditional, striped, asked, message):
    with pytest.raises(ValueError, match=message):
        conditional.reconstruct(striped[0][:2], asked)


def test_pictures_of_another_range_or_size(make, striped):
    with pytest.raises(ValueError, match="values from 0"):
        make().reconstruct(striped[0] / 255)
    with pytest.raises(ValueError, match="must have the shape"):
        make().reconstruct(striped[0][:, :4])


@pytest.mark.slow
def test_takes_a_network_of_keras_applications_with_weights_of_a_file(
    make, striped, tmp_path
):
    network = keras.applications.MobileNetV2(
        include_top=False, weights=None, input_shape=(32, 32, 3), alpha=1.0
    )
    network.save_weights(tmp_path / "mobile.weights.h5")
    encoder = encoders.from_application(
        "MobileNetV2", tmp_path / "mobile.weights.h5", 32
    )
    model = make(encoder=encoder, vectors={"color": 3}, latent_dim=8)
    model.compile()
    images, conditions = striped
    model.fit(images[:32], {"color": conditions["color"][:32]}, verbose=0)
    again = model.reconstruct(images[:2])
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(loaded.reconstruct(images[:2]), again, atol=1e-2)
    for kept, given in zip(loaded.encoder.weights, encoder.weights):
        np.testing.assert_array_equal(
            to_numpy(kept.value), to_numpy(given.value)
        )
