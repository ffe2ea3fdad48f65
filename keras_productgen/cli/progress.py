"""Callbacks of the command line: how far, how long, and when to stop."""

import contextlib
import signal
import time

import keras
import rich.progress

from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output

_LEFT_OUT = "learning_rate", "doctor_"


class Progress(keras.callbacks.Callback):
    """A bar with the time left and the losses; a line for each epoch.

    Args:
        seconds: optional float, after which the training is to stop: the bar is
            full at whichever comes first, this or the last epoch.
    """

    def __init__(self, seconds=None):
        super().__init__()
        self.seconds = seconds
        self.bar = None

    def on_train_begin(self, logs=None):
        self.started = time.monotonic()
        self.epoch = 0
        self.bar = rich.progress.Progress(
            rich.progress.TextColumn("{task.description}"),
            rich.progress.BarColumn(),
            rich.progress.TaskProgressColumn(),
            rich.progress.TimeRemainingColumn(),
            rich.progress.TextColumn("{task.fields[losses]}"),
            console=output,
            transient=True,
            disable=not output.is_terminal,
        )
        self.task = self.bar.add_task("starting", total=1.0, losses="")
        self.bar.start()

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        epochs, steps = self.params["epochs"], self.params.get("steps")
        part = (batch + 1) / steps if steps else 0.0
        done = (self.epoch + part) / epochs
        if self.seconds:
            passed = time.monotonic() - self.started
            done = max(done, passed / self.seconds)
        self.bar.update(
            self.task,
            completed=min(done, 1.0),
            description=f"epoch {self.epoch + 1}/{epochs}",
            losses=written(logs),
        )

    def on_epoch_end(self, epoch, logs=None):
        self.bar.console.print(f"epoch {epoch + 1}: {written(logs)}")

    def on_train_end(self, logs=None):
        self.close()

    def close(self):
        if self.bar is not None:
            self.bar.stop()


def written(logs):
    """Losses and scores as text: `d_loss 0.71  g_loss 1.02`.

    The doctor's vitals are left to its plot and to training.csv.
    """
    return "  ".join(
        f"{name} {float(value):.4g}"
        for name, value in (logs or {}).items()
        if name == "doctor_findings" or not name.startswith(_LEFT_OUT)
    )


class Stop(keras.callbacks.Callback):
    """Ends the training after the batch in hand: in time, or on Ctrl-C.

    Args:
        seconds: optional float, how long to train.
    """

    def __init__(self, seconds=None):
        super().__init__()
        self.seconds = seconds
        self.interrupted = False
        self.out_of_time = False

    def on_train_begin(self, logs=None):
        self.started = time.monotonic()

    def on_train_batch_end(self, batch, logs=None):
        passed = time.monotonic() - self.started
        if self.seconds is not None and passed >= self.seconds:
            self.out_of_time = True
        self._stop_if_asked()

    def on_epoch_end(self, epoch, logs=None):
        self._stop_if_asked()

    def _stop_if_asked(self):
        if self.interrupted or self.out_of_time:
            self.model.stop_training = True

    @contextlib.contextmanager
    def on_interrupt(self):
        """Within it the first Ctrl-C asks for a stop, the second leaves."""
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupt(self, *_):
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True
        errors.print(
            "Stopping after this batch; Ctrl-C again to leave at once.",
            style="yellow",
        )
