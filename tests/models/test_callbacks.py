"""Every callback acts on every model, on all of its networks."""

import csv

import keras
import numpy as np
import pytest

from keras_productgen.metrics import KernelInceptionDistance
from keras_productgen.training import EvaluateGenerator
from keras_productgen.training import SampleGrid
from tests.models.cases import CASES
from tests.models.cases import check_same_state
from tests.models.cases import conditions_of_one
from tests.models.cases import data_for
from tests.models.cases import fit

pytestmark = pytest.mark.backends


@pytest.fixture(params=CASES)
def model(request):
    model = CASES[request.param]()
    model.compile()
    return model


def evaluation(model):
    images = keras.Input(model.image_shape)
    features = keras.layers.Flatten()(keras.layers.Rescaling(1 / 255)(images))
    metric = KernelInceptionDistance(keras.Model(images, features))
    return EvaluateGenerator(data_for(model), metric=metric, num_images=20)


def learning_rates(model):
    return [
        float(optimizer.learning_rate)
        for optimizer in (model.d_optimizer, model.g_optimizer)
    ]


def test_a_schedule_changes_both_learning_rates(model):
    before = learning_rates(model)
    schedule = keras.callbacks.LearningRateScheduler(
        lambda epoch, rate: rate * 0.5
    )
    fit(model, epochs=2, callbacks=[schedule])
    assert learning_rates(model) == pytest.approx(
        [rate / 4 for rate in before], rel=1e-5
    )


@pytest.mark.parametrize("monitor", ["val_kid", "g_loss"])
def test_a_plateau_lowers_both_learning_rates(model, monitor):
    before = learning_rates(model)
    plateau = keras.callbacks.ReduceLROnPlateau(
        monitor, factor=0.1, patience=1, min_delta=1e9, mode="min"
    )
    fit(model, epochs=2, callbacks=[evaluation(model), plateau])
    assert learning_rates(model) == pytest.approx(
        [rate / 10 for rate in before], rel=1e-5
    )


@pytest.mark.parametrize("monitor", ["val_kid", "g_loss"])
def test_checkpoints_keep_the_best_whole_and_as_weights(
    model, monitor, tmp_path
):
    whole, weights = tmp_path / "best.keras", tmp_path / "best.weights.h5"
    watch = dict(monitor=monitor, mode="min", save_best_only=True)
    callbacks = [
        evaluation(model),
        keras.callbacks.ModelCheckpoint(whole, **watch),
        keras.callbacks.ModelCheckpoint(
            weights, save_weights_only=True, **watch
        ),
    ]
    fit(model, epochs=1, callbacks=callbacks)
    loaded = keras.saving.load_model(whole)
    check_same_state(loaded, model)
    fit(model, epochs=1)
    model.load_weights(weights)
    check_same_state(loaded, model)


def test_stops_early_on_what_evaluation_logs(model):
    stop = keras.callbacks.EarlyStopping(
        "val_kid", mode="min", patience=1, min_delta=1e9
    )
    history = fit(model, epochs=9, callbacks=[evaluation(model), stop])
    assert len(history.epoch) == 2
    assert np.isfinite(history.history["val_kid"]).all()


def test_logs_and_sample_sheets_are_written(model, tmp_path):
    callbacks = [
        evaluation(model),
        SampleGrid(tmp_path, num_images=4, conditions=conditions_of_one(model)),
        keras.callbacks.CSVLogger(tmp_path / "log.csv"),
        keras.callbacks.TensorBoard(tmp_path / "logs"),
        keras.callbacks.TerminateOnNaN(),
    ]
    fit(model, epochs=2, callbacks=callbacks)
    with open(tmp_path / "log.csv") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2
    assert {"d_loss", "g_loss", "val_kid"} <= set(rows[0])
    assert list((tmp_path / "logs").glob("**/events.out.tfevents.*"))
    assert len(list(tmp_path.glob("**/epoch_*.png"))) == 2


def test_training_terminates_on_nan(model):
    model.compile(
        d_optimizer=keras.optimizers.SGD(1e30),
        g_optimizer=keras.optimizers.SGD(1e30),
    )
    history = fit(model, epochs=9, callbacks=[keras.callbacks.TerminateOnNaN()])
    assert len(history.epoch) < 3
