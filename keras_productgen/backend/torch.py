import math

import torch
from keras import ops
from torch.nn import functional
from torch.optim.adam import adam

from keras_productgen.backend import plain_adam
from keras_productgen.backend import torch_convolution
from keras_productgen.backend.wide_convolution import is_wide
from keras_productgen.backend.wide_convolution import is_wide_transpose

EXACT_SECOND_DERIVATIVES_OF_MOMENTS = True


def stateful_step(step):
    return step


def gradient_step(loss_fn, weights, optimizer):
    with torch.enable_grad():
        loss = loss_fn()
        values = [w.value for w in weights]
        gradients = torch.autograd.grad(
            optimizer.scale_loss(loss), values, allow_unused=True
        )
    # Gradients come in the layout that the convolutions work in.
    gradients = [
        torch.zeros_like(value) if gradient is None else gradient.contiguous()
        for gradient, value in zip(gradients, values)
    ]
    with torch.no_grad():
        if plain_adam.is_plain_adam(optimizer, weights):
            _apply_adam(optimizer, gradients, weights)
        else:
            optimizer.apply(gradients, weights)
    return loss.detach()


def _apply_adam(optimizer, gradients, weights):
    """`keras.optimizers.Adam.apply` in one pass over each weight, not ten."""
    first, second = plain_adam.moments(optimizer, weights)
    steps_before = float(optimizer.iterations)
    steps = torch.full(
        (len(weights),), steps_before, device=gradients[0].device
    )
    correction = math.sqrt(1.0 - optimizer.beta_2 ** (steps_before + 1.0))
    adam(
        [weight.value for weight in weights],
        gradients,
        [moment.value for moment in first],
        [moment.value for moment in second],
        [],
        list(steps.unbind()),
        fused=True,
        amsgrad=False,
        beta1=optimizer.beta_1,
        beta2=optimizer.beta_2,
        lr=float(optimizer.learning_rate),
        weight_decay=0.0,
        # Keras adds it before the correction of the second moment.
        eps=optimizer.epsilon / correction,
        maximize=False,
    )
    optimizer.iterations.assign_add(1)


def weight_gradients(loss_fn, weights, variables):
    with torch.enable_grad():
        loss = loss_fn()
        values = [w.value for w in weights]
        gradients = torch.autograd.grad(loss, values, allow_unused=True)
    gradients = [
        torch.zeros_like(value) if gradient is None else gradient
        for gradient, value in zip(gradients, values)
    ]
    return loss.detach(), gradients


def step_function(model):
    return model.train_step


def input_gradient(fn, inputs):
    with torch.enable_grad():  # Keras evaluates under `torch.no_grad()`.
        if not inputs.requires_grad:  # Else the loss reaches what made them.
            inputs = inputs.detach().requires_grad_()
        outputs = fn(inputs)
        return torch.autograd.grad(outputs.sum(), inputs, create_graph=True)[0]


def where_due(due, fn):
    # A loss may consist of it alone, and must have a gradient.
    return fn() if bool(due) else ops.zeros(()).requires_grad_()


def batch_normalization(inputs, scale, offset, epsilon):
    # With a momentum of 1 the running statistics are those of the batch.
    mean, variance = torch.zeros_like(scale), torch.zeros_like(scale)
    outputs = functional.batch_norm(
        inputs.movedim(-1, 1), mean, variance, scale, offset, True, 1.0, epsilon
    )
    count = inputs.numel() // inputs.shape[-1]
    variance = variance * ((count - 1) / count)  # torch divides by count - 1.
    return outputs.movedim(1, -1), mean, variance


def squared_difference(x, y):
    return torch.square(x - y)


def conv2d(inputs, kernel, strides, padding):
    on_cpu = inputs.device.type == "cpu"
    if on_cpu and is_wide(inputs.shape, kernel.shape, strides):
        return torch_convolution.conv2d(inputs, kernel, strides[0])
    borders = _borders(kernel, strides)
    if borders is None or any(
        size % stride for size, stride in zip(inputs.shape[1:3], strides)
    ):
        return ops.conv(inputs, kernel, strides=strides, padding=padding)
    kernel = kernel.permute(3, 2, 0, 1)
    if len(inputs) == 1:
        # The kernels of torch for one picture can write no other gradient.
        kernel = kernel.contiguous()
    outputs = functional.conv2d(
        inputs.movedim(-1, 1),
        kernel,
        stride=strides,
        padding=borders,
    )
    return outputs.movedim(1, -1)


def conv2d_transpose(inputs, kernel, strides, padding):
    on_cpu = inputs.device.type == "cpu"
    if on_cpu and is_wide_transpose(inputs.shape, kernel.shape, strides):
        return torch_convolution.conv2d_transpose(inputs, kernel, strides[0])
    borders = _borders(kernel, strides)
    if borders is None:  # Keras' own cuts the borders off a larger output.
        return ops.conv_transpose(
            inputs, kernel, strides=strides, padding=padding
        )
    outputs = functional.conv_transpose2d(
        inputs.movedim(-1, 1),
        kernel.permute(3, 2, 0, 1),
        stride=strides,
        padding=borders,
    )
    return outputs.movedim(1, -1)


def _borders(kernel, strides):
    """Widths of the padding "same", or None where it is not symmetric."""
    borders = [size - stride for size, stride in zip(kernel.shape, strides)]
    if min(borders) < 0 or any(width % 2 for width in borders):
        return None
    return [width // 2 for width in borders]
