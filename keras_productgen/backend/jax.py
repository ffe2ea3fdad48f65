import functools

import jax
import keras
from keras import ops

from keras_productgen.backend import jax_convolution

EXACT_SECOND_DERIVATIVES_OF_MOMENTS = True
conv2d = jax_convolution.conv2d
conv2d_transpose = jax_convolution.conv2d_transpose


class Scope(keras.StatelessScope):
    """A stateless scope that knows its variables, so that scopes can nest.

    A plain one shows the variables' values from before the outer scope, and
    so would lose every update made since.
    """

    stack = []

    def __init__(self, variables, values):
        super().__init__(list(zip(variables, values)))
        self.variables = list(variables)

    def __enter__(self):
        Scope.stack.append(self)
        return super().__enter__()

    def __exit__(self, *exc):
        Scope.stack.pop()
        return super().__exit__(*exc)

    def values(self):
        return [self.get_current_value(v) for v in self.variables]


def stateful_step(step):
    # JAX hands the step all variables as arrays and wants new arrays back. The
    # scope stands between: inside it, variables read and assign these arrays.
    @functools.wraps(step)
    def stateless_step(model, state, data):
        groups = [model.trainable_variables, model.non_trainable_variables]
        if len(state) == 4:  # `test_step` is not given the optimizer.
            groups.append(model.optimizer.variables)
        groups.append(model.metrics_variables)
        variables = [v for group in groups for v in group]
        values = [value for group in state for value in group]
        with Scope(variables, values) as scope:
            logs = step(model, data)
        new_state = tuple(
            [scope.get_current_value(v) for v in group] for group in groups
        )
        return logs, new_state

    return stateless_step


def gradient_step(loss_fn, weights, optimizer):
    def scaled_loss():
        loss = loss_fn()
        return optimizer.scale_loss(loss), loss

    def assign(scope, values):
        for weight, value in zip(weights, values):
            scope.add_update((weight, value))

    values = [w.value for w in weights]
    gradients, loss = _gradient(scaled_loss, values, assign)
    # Not `apply`: inside a scope `LossScaleOptimizer.apply` leaks tracers.
    new_values, new_state = optimizer.stateless_apply(
        [v.value for v in optimizer.variables], gradients, values
    )
    for variable, value in zip(
        [*weights, *optimizer.variables], [*new_values, *new_state]
    ):
        variable.assign(value)
    return loss


def weight_gradients(loss_fn, weights, variables):
    def loss():
        value = loss_fn()
        return value, value

    def assign(scope, values):
        for weight, value in zip(weights, values):
            scope.add_update((weight, value))

    # Tracers must not reach what the loss assigns: the scope keeps them.
    with Scope(variables, [v.value for v in variables]):
        values = [w.value for w in weights]
        gradients, value = _gradient(loss, values, assign)
    return value, gradients


def step_function(model):
    groups = (
        model.trainable_variables,
        model.non_trainable_variables,
        model.optimizer.variables,
        model.metrics_variables,
    )
    compiled = jax.jit(model.train_step)

    def step(data):
        state = tuple([v.value for v in group] for group in groups)
        logs, new_state = compiled(state, data)
        for group, values in zip(groups, new_state):
            for variable, value in zip(group, values):
                variable.assign(value)
        return logs

    return step


def input_gradient(fn, inputs):
    current = {}

    def total():
        return ops.sum(fn(current["inputs"])), None

    def bind(_, inputs):
        current["inputs"] = inputs

    if not Scope.stack:
        return jax.grad(lambda x: ops.sum(fn(x)))(inputs)
    return _gradient(total, inputs, bind)[0]


def _gradient(fn, argument, bind):
    """Gradient and auxiliary output of `fn() -> (scalar, auxiliary)`.

    `bind(scope, argument)` puts the differentiated argument where `fn` finds
    it. What `fn` assigns (batch statistics, seeds, other networks' weights)
    comes out as a further output and goes into the scope around.
    """
    outer = Scope.stack[-1]

    def pure(argument):
        with Scope(outer.variables, outer.values()) as inner:
            bind(inner, argument)
            value, auxiliary = fn()
        return value, (auxiliary, inner.values())

    gradient, (auxiliary, values) = jax.grad(pure, has_aux=True)(argument)
    for variable, value in zip(outer.variables, values):
        outer.add_update((variable, value))
    return gradient, auxiliary


def where_due(due, fn):
    if not Scope.stack:
        return jax.lax.cond(due, fn, lambda: 0.0)
    outer = Scope.stack[-1]

    def branch(values):
        with Scope(outer.variables, values) as inner:
            value = fn()
        return ops.cast(value, "float32"), inner.values()

    def otherwise(values):
        return ops.zeros((), "float32"), values

    value, values = jax.lax.cond(due, branch, otherwise, outer.values())
    for variable, new in zip(outer.variables, values):
        outer.add_update((variable, new))
    return value


def batch_normalization(inputs, scale, offset, epsilon):
    axes = tuple(range(inputs.ndim - 1))
    values = ops.cast(inputs, "float32")
    mean = ops.mean(values, axes)
    variance = ops.mean(ops.square(values - mean), axes)
    factor = scale * ops.rsqrt(variance + epsilon)
    outputs = values * factor + (offset - mean * factor)
    return ops.cast(outputs, inputs.dtype), mean, variance


def squared_difference(x, y):
    return ops.square(x - y)
