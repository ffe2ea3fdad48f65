"""Gradient steps and kernels: the only code that differs between backends.

Every backend module defines the same functions.

- `stateful_step` decorates `train_step` and `test_step`, so that a model
  writes them once, assigning to its variables freely.
- `gradient_step` minimizes one loss with respect to one set of weights. One
  may stand inside the loss of another.
- `weight_gradients` gives the gradients alone: nothing is stepped.
- `step_function` gives a training step of a model to call outside of `fit`.
- `input_gradient` differentiates a network with respect to its input.
- `where_due` is the scalar that a function returns, or 0: the function runs
  only where its turn has come, in a graph, too.
- `batch_normalization` normalizes by the statistics of the batch with the
  backend's fused kernel, where it has one.
- `squared_difference` does without an array between, where the backend can.
- `conv2d` and `conv2d_transpose` are Keras' own with padding "same", made
  faster where the backend's are slow.
"""

import keras

from keras_productgen.backend.datasets import checked_data as checked_data
from keras_productgen.backend.optimizer_group import (
    OptimizerGroup as OptimizerGroup,
)

if keras.config.backend() == "tensorflow":
    from keras_productgen.backend import tensorflow as _module
elif keras.config.backend() == "jax":
    from keras_productgen.backend import jax as _module
elif keras.config.backend() == "torch":
    from keras_productgen.backend import torch as _module
else:
    raise ImportError(
        "Training needs the tensorflow, jax or torch backend. "
        f"Received: keras.config.backend()={keras.config.backend()!r}"
    )

stateful_step = _module.stateful_step
gradient_step = _module.gradient_step
weight_gradients = _module.weight_gradients
step_function = _module.step_function
input_gradient = _module.input_gradient
where_due = _module.where_due
batch_normalization = _module.batch_normalization
squared_difference = _module.squared_difference
conv2d = _module.conv2d
conv2d_transpose = _module.conv2d_transpose
EXACT_SECOND_DERIVATIVES_OF_MOMENTS = (
    _module.EXACT_SECOND_DERIVATIVES_OF_MOMENTS
)
