"""What FastGAN alone does; the rest is in the conformance tests."""

import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.losses import NonSaturatingLoss
from keras_productgen.models.batch import Batch
from tests.checks import to_numpy

SMALL = dict(image_size=16, latent_dim=4, width=1, seed=0)
IMAGES = np.random.default_rng(0).uniform(-1, 1, (4, 2, 16, 16, 3))
REAL, FAKE = IMAGES.astype("float32")[:2]


@pytest.fixture
def model():
    return models.FastGAN(**SMALL)


def loss_of(model, training):
    batch = Batch(REAL, None, None)
    return float(to_numpy(model.discriminator_loss(FAKE, batch, training)))


def test_discriminator_loss_by_hand(model):
    model.compile(reconstruction_weight=3.0)
    for tracker in (model.reconstruction_loss_tracker, model.d_loss_tracker):
        tracker.reset_state()
    loss = loss_of(model, training=False)
    real, fake = (
        {k: to_numpy(v) for k, v in model.discriminator(images).items()}
        for images in (REAL, FAKE)
    )
    hinge = np.maximum(1 - real["logits"], 0).mean()
    hinge += np.maximum(1 + fake["logits"], 0).mean()
    error = float(to_numpy(model.reconstruction_loss_tracker.result()))
    assert loss == pytest.approx(hinge + 3.0 * error, abs=1e-5)
    small = REAL.reshape(2, 8, 2, 8, 2, 3).mean(axis=(2, 4))
    of_whole = np.abs(small - real["whole"]).mean()
    # The part is drawn at random; of noise each quadrant is as hard.
    of_part = np.abs(REAL[:, :8, :8] - real["part"]).mean()
    assert error == pytest.approx(of_whole + of_part, rel=0.1)


def test_margin_of_each_logit_is_drawn_in_training(model):
    model.compile(margin_noise=0.4)
    slack = to_numpy(model.slack(np.zeros((50, 5, 5, 1)), training=True))
    assert slack.shape == (50, 5, 5, 1)
    assert 0.0 <= slack.min() < 0.01 and 0.39 < slack.max() < 0.4
    assert slack.mean() == pytest.approx(0.2, abs=0.01)
    assert model.slack(slack, training=False) == 0.0
    model.compile(margin_noise=0.0)
    assert model.slack(slack, training=True) == 0.0
    model.compile(loss=NonSaturatingLoss())
    assert model.slack(slack, training=True) == 0.0


def test_without_reconstruction_the_hinge_loss_is_left(model):
    model.compile(reconstruction_weight=0.0)
    loss = loss_of(model, training=False)
    real, fake = (
        to_numpy(model.logits(images, None, False)) for images in (REAL, FAKE)
    )
    hinge = np.maximum(1 - real, 0).mean() + np.maximum(1 + fake, 0).mean()
    assert loss == pytest.approx(hinge, abs=1e-5)
    assert "reconstruction_loss" not in model.logged


def test_parts_of_the_discriminator_agree_with_the_whole_of_it(model):
    outputs = model.discriminator(REAL)
    np.testing.assert_array_equal(
        to_numpy(model.logits(REAL, None, False)), to_numpy(outputs["logits"])
    )
    part_maps, _ = model.encoded(REAL, False)
    part = model.discriminator.get_layer("part")(part_maps[:, :8, :8])
    np.testing.assert_array_equal(to_numpy(part), to_numpy(outputs["part"]))


def test_paper_settings():
    plain = models.FastGAN(**SMALL).paper_settings()
    assert plain["augment"].policy == "color,translation"
    assert plain["ema_decay"] == 0.999
    for name in ("d_optimizer", "g_optimizer"):
        assert float(to_numpy(plain[name].learning_rate)) == pytest.approx(2e-4)
        assert (plain[name].beta_1, plain[name].beta_2) == (0.5, 0.999)
    colored = models.FastGAN(**SMALL, vectors={"color": 3}).paper_settings()
    assert colored["augment"].policy == "translation"


def test_perceptual_loss_is_the_default_where_it_can_be_had(model):
    model.compile()
    assert model.reconstruction_loss == "l1"
    large = models.FastGAN(64, 4, 1)
    large.compile()
    assert large.reconstruction_loss == "perceptual"
    large.compile(reconstruction_loss="l1")
    assert large.reconstruction_loss == "l1"


def test_settings_are_kept_and_no_encoder_is():
    settings = dict(
        reconstruction_loss="perceptual",
        reconstruction_weight=0.5,
        margin_noise=0.1,
    )
    large = models.FastGAN(64, 4, 1)
    large.compile(**settings)
    config = large.get_compile_config()
    assert settings.items() <= config.items()
    # A model tracks what it would save.
    count = len(large.variables)
    large.compile(reconstruction_loss="l1")
    assert len(large.variables) == count


@pytest.mark.parametrize(
    "settings",
    [
        {"reconstruction_loss": "perceptual"},
        {"reconstruction_loss": "l2"},
        {"reconstruction_weight": -1.0},
        {"reconstruction_weight": float("nan")},
        {"margin_noise": 1.0},
        {"margin_noise": -0.1},
    ],
)
def test_settings_out_of_range(model, settings):
    ((name, value),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value!r}"):
        model.compile(**settings)


@pytest.mark.parametrize("image_size", [8, 48, 2048])
def test_refuses_other_sizes(image_size):
    with pytest.raises(ValueError, match=f"Received: image_size={image_size}$"):
        models.FastGAN(image_size=image_size)


def test_takes_conditions_of_which_it_was_told(model):
    with pytest.raises(ValueError, match="takes no conditions"):
        model.generate(1, conditions={"category": 0})


@pytest.mark.slow
@pytest.mark.backends
def test_photos_without_conditions_are_drawn_again_by_perception():
    ramp = np.linspace(0.0, 255.0, 64, dtype="float32")[:, None, None]
    images = np.broadcast_to(ramp, (16, 64, 64, 3)).copy()
    images[1::2] = 255.0 - images[1::2]
    model = models.FastGAN(64, 4, 2, seed=0)
    model.compile(augment=False)
    history = model.fit(images, batch_size=8, epochs=15, verbose=0).history
    first, *_, last = history["reconstruction_loss"]
    assert last < 0.7 * first
