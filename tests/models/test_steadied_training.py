"""What `compile` says to steady a training, in trainings."""

import keras
import numpy as np
import pytest

from keras_productgen.augmentation import AdaptiveAugment
from keras_productgen.augmentation import DiffAugment
from keras_productgen.losses import NonSaturatingLoss
from tests.augmentation.differentiable import slow_on_jax
from tests.checks import to_numpy
from tests.models.cases import CASES
from tests.models.cases import TRANSLATING
from tests.models.cases import check_same_state
from tests.models.cases import data_for
from tests.models.cases import fit

PENALTIES = ("r1_weight", "r2_weight", "gradient_penalty_weight")


def settled(model, **settings):
    """Compiles with optimizers that change nothing."""
    model.compile(
        d_optimizer=keras.optimizers.SGD(0.0),
        g_optimizer=keras.optimizers.SGD(0.0),
        **settings,
    )
    return model


def test_penalties_are_added_to_the_loss_of_the_discriminator():
    images, _ = data_for(CASES["WGANGP"](), 8)
    losses = {}
    for name in (None, *PENALTIES):
        weights = {**dict.fromkeys(PENALTIES, 0.0), name: 100.0}
        weights.pop(None, None)
        keras.utils.set_random_seed(0)
        model = settled(CASES["WGANGP"](), run_eagerly=True, **weights)
        logs = model.evaluate(images, return_dict=True, verbose=0)
        losses[name] = logs["d_loss"]
    base = losses.pop(None)
    assert min(losses.values()) > base + 0.1
    assert len({*losses.values()}) == 3


def noise_of(model, step):
    images = keras.ops.zeros((50, 8, 8, 3))
    noisy = model.stabilizers.with_noise(images, step, model.seed_generator)
    return to_numpy(noisy).std()


@pytest.mark.backends
def test_noise_of_a_schedule_decays():
    schedule = keras.optimizers.schedules.PolynomialDecay(0.5, 10, 0.0)
    model = settled(CASES["GAN"](), instance_noise=schedule)
    for step, deviation in ((0, 0.5), (5, 0.25), (10, 0.0), (20, 0.0)):
        assert noise_of(model, step) == pytest.approx(deviation, rel=0.05)
    model = settled(CASES["GAN"](), instance_noise=0.1)
    assert noise_of(model, 1000) == pytest.approx(0.1, rel=0.05)


def test_noise_is_on_real_and_fake_images_in_training_alone():
    model = settled(CASES["GAN"](), instance_noise=0.5)
    images = model.to_network(data_for(model, 4)[0])
    judged = [
        to_numpy(model.judged(images, None, training))
        for training in (True, True, False, False)
    ]
    assert np.abs(judged[0] - judged[1]).max() > 1e-4
    np.testing.assert_array_equal(judged[2], judged[3])


def test_clips_the_weights_of_the_discriminator_alone():
    model = settled(CASES["DCGAN"](), weight_clip=0.01)
    generator = [to_numpy(w.value) for w in model.generator.trainable_weights]
    before = [to_numpy(w.value) for w in model.discriminator.trainable_weights]
    images, _ = data_for(model, 10)
    model.fit(images, batch_size=10, verbose=0)
    for weight, old in zip(model.discriminator.trainable_weights, before):
        expected = np.clip(old, -0.01, 0.01)
        np.testing.assert_array_equal(to_numpy(weight.value), expected)
    for weight, old in zip(model.generator.trainable_weights, generator):
        np.testing.assert_array_equal(to_numpy(weight.value), old)


ALL = dict(
    loss=NonSaturatingLoss(label_smoothing=0.1),
    discriminator_steps=1,
    r1_weight=1.0,
    r2_weight=2.0,
    gradient_penalty_weight=3.0,
    penalty_interval=2,
    weight_clip=0.5,
    global_clipnorm=1.0,
)


def with_all(**kwargs):
    keras.utils.set_random_seed(0)
    model = CASES["WGANGP"](**kwargs)
    noise = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    model.compile(**ALL, instance_noise=noise, augment=DiffAugment(seed=1))
    return model


@slow_on_jax
@pytest.mark.backends
def test_all_together_survive_saving(tmp_path):
    straight = with_all()
    fit(straight, epochs=2)
    first = with_all()
    fit(first)
    first.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.get_compile_config() == first.get_compile_config()
    assert loaded.adversarial_loss.label_smoothing == 0.1
    fit(loaded, epochs=2, initial_epoch=1)
    check_same_state(loaded, straight)


@pytest.mark.backends
def test_all_together_train_in_bfloat16():
    model = with_all(dtype="mixed_bfloat16")
    history = fit(model).history
    assert np.isfinite(history["d_loss"]).all()
    assert np.isfinite(history["g_loss"]).all()


def with_all_of(name):
    keras.utils.set_random_seed(0)
    model = {**CASES, **TRANSLATING}[name]()
    # What moves targets away from their sources is refused.
    augment = name != "Pix2Pix" and AdaptiveAugment(kimg=0.1, seed=1)
    noise = keras.optimizers.schedules.PolynomialDecay(0.1, 100, 0.0)
    settings = {**ALL, "instance_noise": noise, "discriminator_steps": 2}
    model.compile(
        d_optimizer=keras.optimizers.Adam(4e-4, beta_1=0.0, beta_2=0.9),
        g_optimizer=keras.optimizers.Adam(1e-4, beta_1=0.0, beta_2=0.9),
        ema_decay=0.9,
        augment=augment,
        **settings,
    )
    return model


@pytest.mark.slow
@pytest.mark.parametrize("name", [*CASES, *TRANSLATING])
def test_every_family_takes_all_together_and_goes_on_once_saved(name, tmp_path):
    model = with_all_of(name)
    history = fit(model).history
    assert np.isfinite([values[-1] for values in history.values()]).all()
    largest = max(
        np.abs(to_numpy(weight.value)).max()
        for weight in model.discriminator.trainable_weights
    )
    assert largest <= ALL["weight_clip"]
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.get_compile_config() == model.get_compile_config()
    check_same_state(loaded, model)
    fit(loaded, epochs=2, initial_epoch=1)
    assert int(loaded.d_optimizer.iterations) == 16
    assert int(loaded.g_optimizer.iterations) == 8


@pytest.mark.parametrize(
    "loss", ["hinge", keras.losses.BinaryCrossentropy(), NonSaturatingLoss]
)
def test_losses_that_have_not_two_sides(loss):
    model = CASES["GAN"]()
    with pytest.raises(ValueError, match="subclass of `AdversarialLoss`"):
        model.compile(loss=loss)


@pytest.mark.parametrize(
    "settings",
    [
        {"r1_weight": -1.0},
        {"r2_weight": float("nan")},
        {"gradient_penalty_weight": float("inf")},
        {"weight_clip": -0.01},
        {"weight_clip": "0.01"},
        {"instance_noise": -0.1},
        {"r1_weight": len},
        {"instance_noise": len},
        {"penalty_interval": 0},
        {"penalty_interval": 2.5},
        {"discriminator_steps": 0},
        {"discriminator_steps": 1.5},
        {"global_clipnorm": -1.0},
    ],
)
def test_settings_out_of_range(settings):
    ((name, value),) = settings.items()
    model = CASES["GAN"]()
    with pytest.raises(ValueError, match=f"Received: {name}={value!r}"):
        model.compile(**settings)


def test_arguments_of_zero_and_false_turn_off_what_the_paper_does():
    model = CASES["WGANGP"]()
    model.compile(gradient_penalty_weight=0, augment=0)
    assert not model.stabilizers.penalize and model.augment is False
    model.compile()
    assert model.stabilizers.gradient_penalty_weight == 10.0
