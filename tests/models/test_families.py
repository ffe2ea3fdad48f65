"""What is each family's own: that it learns, and what its paper changes."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.checks import to_numpy
from tests.models.cases import CASES
from tests.models.cases import fit

pytestmark = pytest.mark.backends

RED_AND_BLUE = {"category": ["red", "blue"]}


def plain_images(color, count=64):
    images = np.empty((count, 8, 8, 3), "float32")
    images[:] = color
    return images


def quick(model, **settings):
    model.compile(
        d_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        g_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        ema_decay=0.9,
        **settings,
    )
    return model


@pytest.mark.parametrize("family", ["GAN", "DCGAN", "WGANGP"])
def test_learns_the_color_of_its_data(family):
    model = getattr(models, family)(image_size=8, latent_dim=4, width=8, seed=0)
    quick(model, discriminator_steps=1)
    images = plain_images((255, 0, 0))
    model.fit(images, batch_size=16, epochs=40, verbose=0)
    red, green, blue = model.generate(64, seed=0).mean(axis=(0, 1, 2))
    assert red > 200 and green < 50 and blue < 50


def test_condition_chooses_the_color():
    images = np.concatenate(
        [plain_images((255, 0, 0)), plain_images((0, 0, 255))]
    )
    conditions = {"category": np.repeat([0, 1], 64).astype("int32")}
    model = quick(
        models.ConditionalGAN(
            RED_AND_BLUE, image_size=8, latent_dim=4, width=8, seed=0
        )
    )
    model.fit(images, conditions, batch_size=32, epochs=40, verbose=0)
    for name, channel in (("red", 0), ("blue", 2)):
        pictures = model.generate(32, 0, conditions={"category": name})
        means = pictures.mean(axis=(0, 1, 2))
        assert means[channel] > 180 and np.delete(means, channel).max() < 75


def test_names_ids_and_lists_ask_for_the_same():
    model = models.ConditionalGAN(
        RED_AND_BLUE, {"color": 3}, image_size=8, latent_dim=4, width=4
    )
    asked = [
        {"category": "blue", "color": (0.1, 0.2, 0.3)},
        {"category": 1, "color": [0.1, 0.2, 0.3]},
        {"category": ["blue"] * 3, "color": np.tile([0.1, 0.2, 0.3], (3, 1))},
    ]
    first, *others = [model.generate(3, 0, conditions=c) for c in asked]
    for pictures in others:
        np.testing.assert_array_equal(pictures, first)


def test_categories_of_a_number_instead_of_names():
    model = models.ConditionalGAN(
        {"kind": 5}, image_size=8, latent_dim=4, width=4
    )
    first, last = (
        model.generate(1, 0, conditions={"kind": kind}) for kind in (0, 4)
    )
    assert np.abs(first - last).max() > 1e-3


def test_weights_of_the_first_wgan_stay_within_the_clip():
    model = models.WGAN(image_size=8, latent_dim=4, width=4, seed=0)
    model.compile(d_optimizer=keras.optimizers.RMSprop(0.1), weight_clip=0.02)
    fit(model)
    largest = [
        np.abs(to_numpy(w.value)).max()
        for w in model.discriminator.trainable_weights
    ]
    assert max(largest) == pytest.approx(0.02)


def test_gradient_penalty_brings_the_slope_to_one():
    model = models.WGANGP(image_size=8, latent_dim=4, width=8, seed=0)
    quick(model, discriminator_steps=1, gradient_penalty_weight=100.0)
    images = plain_images((255, 128, 0))
    model.fit(images, batch_size=16, epochs=40, verbose=0)
    # All real images agree: along the line to a fake one the critic must rise
    # by the distance at most.
    real = model.to_network(images[:16])
    fake = model.to_network(model.generate(16, seed=1))
    distance = np.linalg.norm(to_numpy(real - fake).reshape(16, -1), axis=1)
    rise = to_numpy(model.discriminator(real) - model.discriminator(fake))
    assert np.abs(rise[:, 0]).max() <= 1.2 * distance.max()


def test_penalty_weight_of_zero_leaves_the_wasserstein_loss():
    images = plain_images((10, 200, 30), 8)
    losses = []
    for weight in (0.0, 10.0):
        keras.utils.set_random_seed(0)
        model = models.WGANGP(image_size=8, latent_dim=4, width=4, seed=0)
        model.compile(gradient_penalty_weight=weight)
        losses.append(model.evaluate(images, return_dict=True, verbose=0))
    assert losses[0]["g_loss"] == pytest.approx(losses[1]["g_loss"], abs=1e-5)
    assert losses[1]["d_loss"] > losses[0]["d_loss"] + 0.1


@pytest.mark.parametrize("name", CASES)
def test_rate_of_either_network_is_its_own(name):
    model = CASES[name]()
    model.compile(
        d_optimizer=keras.optimizers.SGD(0.0),
        g_optimizer=keras.optimizers.SGD(0.1),
        weight_clip=0,
    )
    before = [to_numpy(w.value) for w in model.discriminator.trainable_weights]
    start = [to_numpy(w.value) for w in model.generator.trainable_weights]
    fit(model)
    for weight, old in zip(model.discriminator.trainable_weights, before):
        np.testing.assert_array_equal(to_numpy(weight.value), old)
    after = [to_numpy(w.value) for w in model.generator.trainable_weights]
    assert any(np.any(new != old) for new, old in zip(after, start))
