import keras
import numpy as np


class NaNWatch(keras.callbacks.Callback):
    """Lets `keras.callbacks.TerminateOnNaN` see `d_loss` and `g_loss`.

    It looks at `loss` alone, which an adversarial training does not have.
    """

    def on_train_batch_end(self, batch, logs=None):
        broken = [value for value in logs.values() if not np.isfinite(value)]
        if broken:
            logs["loss"] = broken[0]


def with_nan_watch(callbacks):
    """Puts a `NaNWatch` before the callbacks that need it."""
    if isinstance(callbacks, keras.callbacks.Callback):
        callbacks = [callbacks]
    if not isinstance(callbacks, (list, tuple)):
        return callbacks
    for callback in callbacks:
        if isinstance(callback, keras.callbacks.TerminateOnNaN):
            return [NaNWatch(), *callbacks]
    return callbacks
