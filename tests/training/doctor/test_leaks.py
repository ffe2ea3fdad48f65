"""Cues in real pictures, and whether the discriminator goes by them."""

import keras
import numpy as np
import pytest
from keras import layers

from keras_productgen import models
from keras_productgen.training.doctor.cues import CUES
from keras_productgen.training.doctor.examination import Examination
from keras_productgen.training.doctor.leaks import leak_proved
from keras_productgen.training.doctor.leaks import suspected
from keras_productgen.training.doctor.probe import Probe
from tests.training.doctor import broken_data
from tests.training.doctor.cases import products

PADDING, CUT_EDGES, JPEG_GRID = CUES


def cases():
    letterboxed, _, masks = products(128, 32)
    whole = letterboxed.copy()
    letterboxed = letterboxed.copy()
    letterboxed[:, :4] = letterboxed[:, -4:] = 0.0
    cut_out = whole * (masks[..., None] > 127)
    jpegs = np.stack([broken_data.as_jpeg(picture) for picture in whole])
    return {
        "padding": (PADDING, letterboxed, whole),
        "alpha": (CUT_EDGES, cut_out, whole),
        "jpeg_grid": (JPEG_GRID, jpegs.astype("float32"), whole),
    }


@pytest.mark.parametrize("kind", ["padding", "alpha", "jpeg_grid"])
def test_a_cue_is_seen_put_on_and_taken_off(kind):
    cue, pictures, without = cases()[kind]
    assert cue.kind == kind
    assert suspected(pictures) == [cue]
    assert suspected(without) == []
    assert cue not in suspected(cue.take_off(pictures, pictures))
    assert cue in suspected(cue.put_on(without, pictures))


@pytest.mark.parametrize("kind", ["padding", "jpeg_grid"])
def test_proves_what_a_discriminator_goes_by(kind):
    cue, pictures, without = cases()[kind]
    model = model_that_tells(pictures[:96], without[:96])
    probe = Probe(model, (pictures, None), 32, 64)
    fake_images = without[64:] / 127.5 - 1.0
    (found,) = leak_proved(model, probe.shown, cue, fake_images)
    assert found.kind == f"{kind}_proved" and found.facts["gained"] > 25.0


def test_proves_nothing_of_a_discriminator_that_goes_by_something_else():
    """It tells by the colour, and the padding is there by the way."""
    cue, pictures, _ = cases()["padding"]
    red = np.clip(pictures * (1.0, 0.4, 0.4), 0, 255).astype("float32")
    model = model_that_tells(red[:96], pictures[:96])
    probe = Probe(model, (red, None), 32, 64)
    fake_images = pictures[64:] / 127.5 - 1.0
    assert leak_proved(model, probe.shown, cue, fake_images) == []


def model_that_tells(real, fake):
    """A GAN whose discriminator has learned two given kinds apart."""
    images = keras.Input(real.shape[1:])
    x = images
    for filters in (16, 32):
        x = layers.LeakyReLU(0.2)(layers.Conv2D(filters, 4, 2, "same")(x))
    discriminator = keras.Model(images, layers.Dense(1)(layers.Flatten()(x)))
    discriminator.compile(
        keras.optimizers.Adam(2e-3),
        keras.losses.BinaryCrossentropy(from_logits=True),
    )
    discriminator.fit(
        np.concatenate([real, fake]) / 127.5 - 1.0,
        np.repeat([1.0, 0.0], [len(real), len(fake)]),
        epochs=25,
        verbose=0,
    )
    model = models.DCGAN(real.shape[1], latent_dim=8, width=4, seed=0)
    model.set_networks(model.generator, discriminator)
    model.compile()
    return model


def test_photos_scaled_whole_have_no_grid():
    noise = np.random.default_rng(0).uniform(0, 255, (64, 32, 32, 3))
    assert suspected(noise.astype("float32")) == []


def test_pictures_in_another_range_are_said_to_leak_nothing():
    """Photos from 0 to 1 are black before 0-255: every edge looks hard."""
    photos = np.round(broken_data.cut_out().images) / 255.0
    model = models.DCGAN(16, latent_dim=8, width=4, seed=0)
    model.compile()
    names = [s.name for s in Examination(model, (photos, None)).suspicions]
    assert "value_range" in names and "leak" not in names
