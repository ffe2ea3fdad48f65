"""Convolutions on JAX whose gradients are computed a few pictures at a time.

For a gradient XLA lays out all patches of its batch on a CPU. From 32 MiB on,
the C library hands such a piece of memory back to the system after each use
and gets it anew, page by page: that took longer than the sums. Keras' stock
transposed convolution has another fault: the gradient of its kernel, as XLA
derives it, takes up to 40 times as long as that of the convolution whose
adjoint it is.
"""

import functools

import jax
from jax import numpy as jnp
from keras import ops

MOST_VALUES = 2**22  # Of patches: 16 MiB in float32.
MOST_PIECES = 8  # Each is compiled by itself.


@functools.partial(jax.custom_vjp, nondiff_argnums=(2, 3))
def conv2d(inputs, kernel, strides, padding):
    return ops.conv(inputs, kernel, strides=strides, padding=padding)


def _conv2d_forward(inputs, kernel, strides, padding):
    return conv2d(inputs, kernel, strides, padding), (inputs, kernel)


def _conv2d_backward(strides, padding, saved, output_gradient):
    inputs, kernel = saved
    pieces = _pieces(output_gradient, kernel)
    input_gradients, kernel_gradients = zip(
        *(
            _pull_back(inputs[rows], kernel, strides, padding)(
                output_gradient[rows]
            )
            for rows in pieces
        )
    )
    return jnp.concatenate(input_gradients), sum(kernel_gradients)


conv2d.defvjp(_conv2d_forward, _conv2d_backward)


@functools.partial(jax.custom_vjp, nondiff_argnums=(2, 3))
def conv2d_transpose(inputs, kernel, strides, padding):
    outputs = [
        ops.conv_transpose(
            inputs[rows], kernel, strides=strides, padding=padding
        )
        for rows in _pieces(inputs, kernel)
    ]
    return jnp.concatenate(outputs)


def _conv2d_transpose_forward(inputs, kernel, strides, padding):
    return conv2d_transpose(inputs, kernel, strides, padding), (inputs, kernel)


def _conv2d_transpose_backward(strides, padding, saved, output_gradient):
    inputs, kernel = saved
    input_gradient = ops.conv(
        output_gradient, kernel, strides=strides, padding=padding
    )
    kernel_gradients = [
        _pull_back(output_gradient[rows], kernel, strides, padding)(
            inputs[rows]
        )[1]
        for rows in _pieces(inputs, kernel)
    ]
    return input_gradient, sum(kernel_gradients)


conv2d_transpose.defvjp(_conv2d_transpose_forward, _conv2d_transpose_backward)


def _pull_back(images, kernel, strides, padding):
    def convolve(images, kernel):
        return ops.conv(images, kernel, strides=strides, padding=padding)

    return jax.vjp(convolve, images, kernel)[1]


def _pieces(features, kernel):
    """Slices of a batch, each with no more patches than the memory keeps.

    Args:
        features: tensor `(batch, height, width, filters)`, the smaller side.
        kernel: tensor `(height, width, channels, filters)`.
    """
    batch, height, width, _ = features.shape
    rows, columns, channels, _ = kernel.shape
    values = height * width * rows * columns * channels
    step = max(1, MOST_VALUES // values)
    if jax.default_backend() != "cpu" or batch > step * MOST_PIECES:
        step = batch
    return [slice(start, start + step) for start in range(0, batch, step)]
