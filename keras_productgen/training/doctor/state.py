"""Looking at a model without leaving a trace in it."""

import contextlib
import random

import keras
import numpy as np
from keras import ops


@contextlib.contextmanager
def kept(model):
    """Puts back what passes change: statistics, seeds, metrics."""
    variables = [*model.non_trainable_variables, *model.metrics_variables]
    values = [copy_of(variable) for variable in variables]
    try:
        yield
    finally:
        for variable, value in zip(variables, values):
            variable.assign(value)


class Snapshot:
    """All that a training changes, as it was: weights, optimizers, seeds.

    Args:
        model: compiled `AdversarialTraining`.
    """

    def __init__(self, model):
        self.variables = all_variables(model)
        self.values = [copy_of(variable) for variable in self.variables]
        self._place = {id(v): i for i, v in enumerate(self.variables)}

    def value_of(self, variable):
        """What a variable of the model was."""
        return self.values[self._place[id(variable)]]

    def restore(self):
        for variable, value in zip(self.variables, self.values):
            variable.assign(value)


def all_variables(model):
    """Every variable that a step of the training may assign, once each."""
    variables = [
        *model.variables,
        *model.optimizer.variables,
        *model.metrics_variables,
    ]
    return list({id(v): v for v in variables}.values())


def copy_of(variable):
    """The value in memory of its own: torch and TensorFlow lend theirs."""
    return np.array(ops.convert_to_numpy(variable.value))


def detached(structure):
    """Tensors of the same values that no gradient flows through."""
    return keras.tree.map_structure(
        lambda tensor: ops.convert_to_tensor(ops.convert_to_numpy(tensor)),
        structure,
    )


@contextlib.contextmanager
def random_state_kept():
    """Puts Python's and NumPy's random numbers back to where they were."""
    states = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
