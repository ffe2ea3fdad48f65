"""What is pix2pix's own: its noise, its losses, and that it learns."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.models.pix2pix.networks import unet_generator
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def small(**settings):
    known = dict(image_size=16, width=2, discriminator_layers=1, seed=0)
    return models.Pix2Pix(**{**known, **settings})


def sharpened(model):
    """An untrained model gives almost the same for everything."""
    for weight in model.ema_generator.weights:
        if weight.name == "kernel":
            weight.assign(weight * 10.0)
    return model


def pairs(count=8):
    """Black and white halves, whose targets are red and blue ones."""
    generator = np.random.default_rng(0)
    sources = np.zeros((count, 16, 16, 1), "float32")
    for picture, edge in zip(sources, generator.integers(4, 13, count)):
        picture[:, edge:] = 255.0
    targets = np.concatenate([255.0 - sources, 0.0 * sources, sources], -1)
    return sources, targets


def test_learns_what_belongs_where():
    model = small(width=8, source_channels=1)
    model.compile(g_optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5))
    sources, targets = pairs(32)
    model.fit(sources, targets, batch_size=8, epochs=15, verbose=0)
    outputs = model.translate(sources)
    assert np.abs(outputs - targets).mean() < 25.0


def test_losses_are_those_of_the_paper():
    model = small(source_channels=1, dropout_at_inference=False)
    model.compile(l1_weight=7.0)
    sources, targets = pairs()
    logs = model.evaluate(sources, targets, return_dict=True, verbose=0)
    outputs = model.translate(sources)
    l1_loss = np.abs(outputs - targets).mean() / 127.5
    real, fake = (
        to_numpy(
            model.discriminator(
                {"sources": sources / 127.5 - 1, "images": images / 127.5 - 1}
            )
        )
        for images in (targets, outputs)
    )
    d_loss = 0.5 * (np.log1p(np.exp(-real)) + np.log1p(np.exp(fake))).mean()
    g_loss = np.log1p(np.exp(-fake)).mean() + 7.0 * l1_loss
    assert logs["l1_loss"] == pytest.approx(l1_loss, rel=1e-4)
    assert logs["d_loss"] == pytest.approx(d_loss, rel=1e-4)
    assert logs["g_loss"] == pytest.approx(g_loss, rel=1e-4)


def test_noise_of_a_picture_is_its_seed_and_number():
    model = sharpened(small(value_range=(0, 1)))
    sources = np.random.default_rng(0).uniform(0, 1, (5, 16, 16, 3))
    first = model.translate(sources, seed=3)
    np.testing.assert_array_equal(model.translate(sources, seed=3), first)
    assert np.abs(model.translate(sources, seed=4) - first).max() > 1e-3
    alone = model.translate(sources[2:3], seed=3, first_index=2)
    np.testing.assert_allclose(alone[0], first[2], atol=1e-5)
    same = model.translate(np.repeat(sources[:1], 2, 0), seed=3)
    assert np.abs(same[0] - same[1]).max() > 1e-3


def test_without_dropout_at_inference_all_noises_are_one():
    model = sharpened(small(dropout_at_inference=False))
    sources = np.random.default_rng(0).uniform(0, 255, (2, 16, 16, 3))
    first, other = (model.translate(sources, seed=seed) for seed in (1, 2))
    np.testing.assert_array_equal(first, other)


@pytest.mark.parametrize("normalization", ["batch", "instance"])
def test_unet_halves_down_to_one_pixel_and_back(normalization):
    network = unet_generator(32, 2, (1, 3), normalization, True)
    shapes = [
        layer.output.shape[1:]
        for layer in network.layers
        if "conv2d" in layer.name
    ]
    down = [(16, 16, 2), (8, 8, 4), (4, 4, 8), (2, 2, 16), (1, 1, 16)]
    up = [(2, 2, 16), (4, 4, 8), (8, 8, 4), (16, 16, 2), (32, 32, 3)]
    assert shapes == down + up
    kernels = [w.shape for w in network.weights if w.name == "kernel"]
    # Each step up but the first takes what the way down had at its size.
    assert [shape[-1] for shape in kernels[6:]] == [32, 16, 8, 4]
    with pytest.raises(ValueError, match="Received: image_size=8"):
        unet_generator(8, 2, (1, 3), normalization, True)


@pytest.mark.parametrize(
    "settings",
    [
        dict(image_size=48),
        dict(image_size=1024),
        dict(width=0),
        dict(source_channels=0),
        dict(discriminator_layers=0),
        dict(discriminator_layers=4),
        dict(normalization="layer"),
    ],
)
def test_refuses_arguments_that_make_no_network(settings):
    ((name, value),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value!r}"):
        small(**settings)


@pytest.mark.parametrize(
    "settings",
    [dict(l1_weight=-1.0), dict(augment=keras.layers.RandomFlip())],
    ids=str,
)
def test_refuses_to_be_compiled_with(settings):
    ((name, _),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}="):
        small().compile(**settings)


@pytest.mark.parametrize(
    "spoil, message",
    [
        (lambda a, b: (a, None), "`fit.sources, targets.`.*targets of type"),
        (lambda a, b: (a[:, :8], b), r"with \(16, 16, 1\).*\(8, 8, 16, 1\)"),
        (lambda a, b: (a, b[..., :1]), "Of the targets: `images` must have"),
        (lambda a, b: (a, b / 255.0), "Of the targets: .*value_range"),
        (lambda a, b: (a / 0.5, b), "Of the sources: .*to 510"),
        (lambda a, b: (a, b * np.nan), "Of the targets: .*finite"),
    ],
)
def test_refuses_pairs_it_cannot_learn_from(spoil, message):
    model = small(source_channels=1)
    model.compile()
    with pytest.raises(ValueError, match=message):
        model.fit(*spoil(*pairs()), verbose=0)
    with pytest.raises(ValueError, match=r"\(16, 16, 1\)"):
        model.translate(np.zeros((2, 32, 32, 1)))


def test_settings_survive_saving(tmp_path):
    model = small(source_channels=1, normalization="batch")
    model.compile(l1_weight=3.0)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.l1_weight == 3.0
    assert loaded.get_config() == model.get_config()
