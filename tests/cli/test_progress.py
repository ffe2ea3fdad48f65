import os
import signal

import keras
import numpy as np
import pytest

from keras_productgen.cli.progress import Progress
from keras_productgen.cli.progress import Stop
from keras_productgen.cli.progress import written


def fit(*callbacks, epochs=3):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.zeros((8, 1), "float32")
    return model.fit(
        x, x, 1, epochs, verbose=0, callbacks=list(callbacks)
    )  # fmt: skip


class Interrupt(keras.callbacks.Callback):
    """Presses Ctrl-C in the third batch, and counts batches."""

    def __init__(self):
        super().__init__()
        self.num_batches = 0

    def on_train_batch_begin(self, batch, logs=None):
        self.num_batches += 1
        if self.num_batches == 3:
            os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_finishes_the_batch():
    stop, interrupt = Stop(), Interrupt()
    before = signal.getsignal(signal.SIGINT)
    with stop.on_interrupt():
        fit(interrupt, stop)
    assert interrupt.num_batches == 3
    assert stop.interrupted
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_leaves_at_once():
    stop = Stop()
    with pytest.raises(KeyboardInterrupt), stop.on_interrupt():
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.interrupted
        os.kill(os.getpid(), signal.SIGINT)


def test_stops_when_the_time_is_up():
    stop = Stop(seconds=0.0)
    history = fit(stop)
    assert stop.out_of_time and not stop.interrupted
    assert history.epoch == [0]


def test_progress_reaches_the_end():
    progress = Progress()
    fit(progress)
    (task,) = progress.bar.tasks
    assert task.completed == task.total
    assert "loss" in task.fields["losses"]


def test_learning_rates_are_not_among_the_losses():
    logs = {"d_loss": 0.71234, "val_kid": 2e-5, "learning_rate_g": 1e-4}
    assert written(logs) == "d_loss 0.7123  val_kid 2e-05"
    assert written(None) == ""


def test_of_the_doctors_logs_only_how_much_was_found_is_shown():
    logs = {"doctor_g_movement": float("nan"), "doctor_findings": 2}
    assert written(logs) == "doctor_findings 2"
