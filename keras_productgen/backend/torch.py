import torch
from keras import ops

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
    gradients = [
        torch.zeros_like(value) if gradient is None else gradient
        for gradient, value in zip(gradients, values)
    ]
    with torch.no_grad():
        optimizer.apply(gradients, weights)
    return loss.detach()


def input_gradient(fn, inputs):
    with torch.enable_grad():  # Keras evaluates under `torch.no_grad()`.
        inputs = inputs.detach().requires_grad_()
        outputs = fn(inputs)
        return torch.autograd.grad(outputs.sum(), inputs, create_graph=True)[0]


def batch_normalization(inputs, scale, offset, epsilon):
    channels_first = inputs.movedim(-1, 1)
    outputs = torch.nn.functional.batch_norm(
        channels_first, None, None, scale, offset, True, 0.0, epsilon
    )
    with torch.no_grad():
        axes = tuple(range(inputs.ndim - 1))
        variance, mean = torch.var_mean(inputs.float(), axes, correction=0)
    return outputs.movedim(1, -1), mean, variance


def conv2d(inputs, kernel, strides, padding):
    return ops.conv(inputs, kernel, strides=strides, padding=padding)


def conv2d_transpose(inputs, kernel, strides, padding):
    return ops.conv_transpose(inputs, kernel, strides=strides, padding=padding)
