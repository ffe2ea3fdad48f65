"""Trainings whose discriminator sees augmented images."""

import keras
import numpy as np
import pytest

from keras_productgen.augmentation import AdaptiveAugment
from keras_productgen.augmentation import DiffAugment
from keras_productgen.losses import LeastSquaresLoss
from keras_productgen.losses import NonSaturatingLoss
from tests.augmentation.differentiable import slow_on_jax
from tests.checks import to_numpy
from tests.models.cases import CASES
from tests.models.cases import check_same_state
from tests.models.cases import data_for
from tests.models.cases import fit


def compiled(augment, family="DCGAN", **settings):
    keras.utils.set_random_seed(0)
    model = CASES[family]()
    model.compile(augment=augment, **settings)
    return model


def probability_of(model):
    return float(to_numpy(model.augment.probability.value))


@slow_on_jax
@pytest.mark.backends
def test_saved_training_goes_on_as_if_never_saved(tmp_path):
    def augment():  # A fifth of the way from 0 to 1 in an epoch.
        return AdaptiveAugment(-1.0, 2, 0.2, 0.1, seed=5)

    straight = compiled(augment())
    fit(straight, epochs=2)
    first = compiled(augment())
    fit(first)
    first.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert probability_of(loaded) == pytest.approx(0.1 + 40 / 200)
    fit(loaded, epochs=2, initial_epoch=1)
    check_same_state(loaded, straight)


@pytest.mark.parametrize("augment", [DiffAugment, AdaptiveAugment])
def test_saved_training_can_be_loaded_for_its_pictures_alone(augment, tmp_path):
    model = compiled(augment(seed=5))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    np.testing.assert_array_equal(
        loaded.generate(3, seed=0), model.generate(3, seed=0)
    )


def test_discriminator_judges_what_was_augmented():
    model = compiled(DiffAugment(seed=5))
    images = model.to_network(data_for(model, 4)[0])
    expected = model.logits(
        DiffAugment(seed=5)(images, training=True), None, training=True
    )
    judged = to_numpy(model.judged(images, None, training=True))
    np.testing.assert_allclose(judged, to_numpy(expected), atol=1e-6)
    plain = to_numpy(model.logits(images, None, training=True))
    assert np.abs(judged - plain).max() > 1e-3


def test_training_adapts_the_probability_and_logs_it():
    model = compiled(AdaptiveAugment(-1.0, 2, 0.2, 0.1))
    history = fit(model, 2, validation_data=data_for(model)[0]).history
    # Every sign is above the target, and 80 images were seen.
    assert probability_of(model) == pytest.approx(0.1 + 80 / 200)
    # After 10, 20, 30, 40 images.
    logged = 0.1 + np.mean([0, 20, 20, 40]) / 200
    assert history["augment_probability"][0] == pytest.approx(logged)
    assert history["val_augment_probability"][1] == pytest.approx(0.5)


def test_evaluation_neither_augments_nor_adapts():
    augmented, plain = (
        compiled(AdaptiveAugment(-1.0, 1, 0.1, 0.5)),
        compiled(False),
    )
    images, _ = data_for(plain)
    logs = [
        model.evaluate(images, return_dict=True, verbose=0)
        for model in (augmented, plain)
    ]
    assert logs[0]["d_loss"] == pytest.approx(logs[1]["d_loss"])
    assert logs[0].pop("augment_probability") == 0.5
    assert logs[0].keys() == logs[1].keys()
    assert probability_of(augmented) == 0.5


@pytest.mark.parametrize("logit, moved", [(0.4, -1), (0.6, 1)])
def test_logits_are_held_against_the_threshold_of_the_loss(logit, moved):
    model = compiled(AdaptiveAugment(0.0, 1, 1, 0.5), loss=LeastSquaresLoss())
    logits = np.full((10, 1), logit, "float32")
    model.watch(logits, logits, training=True)
    assert probability_of(model) == pytest.approx(0.5 + moved * 10 / 1000)


def test_compiling_anew_forgets_the_former_augmentation(tmp_path):
    model = compiled(DiffAugment(seed=5))
    model.compile(augment=False)
    fit(model)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.augment is False
    check_same_state(loaded, model)


def test_works_with_penalties_and_bfloat16():
    model = CASES["WGANGP"](dtype="mixed_bfloat16")
    augment = AdaptiveAugment(initial_probability=0.5)
    loss = NonSaturatingLoss()
    model.compile(augment=augment, loss=loss, discriminator_steps=2)
    assert np.isfinite(fit(model).history["d_loss"]).all()
    assert model.augment(data_for(model)[0]).dtype == "float32"


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"augment": "color"}, "Received: augment='color'"),
        ({"augment": True}, "Received: augment=True"),
        ({"augment": AdaptiveAugment()}, "logits judge real from fake"),
    ],
)
def test_augmentations_that_do_not_fit(settings, message):
    with pytest.raises(ValueError, match=message):
        CASES["WGAN"]().compile(**settings)
