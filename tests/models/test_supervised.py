"""What models without a discriminator owe their users: as test_conformance."""

import csv

import keras
import numpy as np
import pytest

from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.models.cases import MATTING
from tests.models.cases import RECONSTRUCTING
from tests.models.cases import RESTORING
from tests.models.cases import check_same_state
from tests.models.cases import data_for
from tests.models.cases import fit

pytestmark = pytest.mark.backends


FAMILIES = {**MATTING, **RECONSTRUCTING, **RESTORING}


@pytest.fixture(params=FAMILIES)
def make(request):
    return FAMILIES[request.param]


def compiled(make, **kwargs):
    keras.utils.set_random_seed(0)
    model = make()
    model.compile(**kwargs)
    return model


def test_config_round_trip(make):
    check_config_round_trip(make())


def test_loaded_model_goes_on_as_if_never_saved(make, tmp_path):
    straight = compiled(make)
    fit(straight, epochs=2)
    first = compiled(make)
    fit(first, epochs=1)
    first.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    check_same_state(loaded, first)
    fit(loaded, epochs=2, initial_epoch=1)
    check_same_state(loaded, straight)
    loaded.save_weights(tmp_path / "model.weights.h5")
    fresh = compiled(make)
    fresh.load_weights(tmp_path / "model.weights.h5")
    check_same_state(fresh, straight)
    assert int(fresh.optimizer.iterations) == 8


def test_killed_training_resumes_from_its_backup(make, tmp_path):
    class Killed(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 1:
                raise KeyboardInterrupt

    straight, killed, resumed = (compiled(make) for _ in range(3))
    fit(straight, epochs=2)
    backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
    with pytest.raises(KeyboardInterrupt):
        fit(killed, epochs=2, callbacks=[backup, Killed()])
    backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
    fit(resumed, epochs=2, callbacks=[backup])
    check_same_state(resumed, straight)


def test_evaluates_and_predicts_in_its_value_range(make):
    model = make(value_range=(0, 1))
    model.compile()
    images, clean = data_for(model)
    images = images / 255
    clean = None if clean is None else clean / 255
    logs = {*model.trackers}
    history = model.fit(
        images, clean, epochs=2, validation_data=(images, clean), verbose=0
    ).history
    assert {*logs, *(f"val_{name}" for name in logs)} == set(history)
    assert np.isfinite(list(history.values())).all()
    assert {*model.evaluate(images, clean, return_dict=True, verbose=0)} == logs
    drawn = model.predict(images, verbose=0)
    assert drawn.shape == (images if clean is None else clean).shape
    assert 0.0 <= drawn.min() < drawn.max() <= 1.0
    with pytest.raises(ValueError, match="values from 0.* to 2"):
        model.fit(
            *(x if x is None else x * 255 for x in (images, clean)), verbose=0
        )


def test_every_weight_moves_in_one_step(make):
    model = compiled(make)
    before = [to_numpy(w.value) for w in model.trainable_weights]
    model.fit(*data_for(model, 10), batch_size=10, verbose=0)
    for weight, old in zip(model.trainable_weights, before, strict=True):
        assert np.any(to_numpy(weight.value) != old), weight.path


@pytest.mark.parametrize(
    "settings",
    [
        dict(run_eagerly=True),
        dict(jit_compile=True),
        dict(steps_per_execution=2),
    ],
    ids=str,
)
def test_ends_on_the_same_weights_however_it_is_run(make, settings):
    if keras.config.backend() == "torch" and "run_eagerly" not in settings:
        pytest.skip("Keras on torch takes one step at a time, uncompiled")
    model, reference = compiled(make, **settings), compiled(make)
    fit(model)
    fit(reference)
    check_same_state(model, reference, 2e-3)


@pytest.mark.parametrize("dtype", ["mixed_bfloat16", "mixed_float16"])
def test_trains_in_half_precision(make, dtype):
    model = make(dtype=dtype)
    model.compile()
    scaled = isinstance(model.optimizer, keras.optimizers.LossScaleOptimizer)
    assert scaled == (dtype == "mixed_float16")
    assert np.isfinite(fit(model, epochs=2).history["loss"]).all()
    assert {w.dtype for w in model.trainable_weights} == {"float32"}
    assert (
        type(model).from_config(model.get_config()).dtype_policy.name == dtype
    )


def test_callbacks_act_on_it(make, tmp_path):
    model = compiled(make)
    rate = float(model.optimizer.learning_rate)
    callbacks = [
        keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.5),
        keras.callbacks.ModelCheckpoint(
            tmp_path / "best.keras", "loss", mode="min", save_best_only=True
        ),
        keras.callbacks.CSVLogger(tmp_path / "log.csv"),
        keras.callbacks.TerminateOnNaN(),
    ]
    fit(model, epochs=2, callbacks=callbacks)
    assert float(model.optimizer.learning_rate) == pytest.approx(rate / 4)
    with open(tmp_path / "log.csv") as file:
        assert "loss" in next(csv.reader(file))
    assert keras.saving.load_model(tmp_path / "best.keras").compiled


def test_training_terminates_on_nan(make):
    model = compiled(make, optimizer=keras.optimizers.SGD(1e38))
    stop = keras.callbacks.TerminateOnNaN()
    assert len(fit(model, epochs=9, callbacks=[stop]).epoch) < 4
