"""What tensorflow-addons computed, in NumPy and double precision."""

import math

import numpy as np


def conv2d(images, kernel, bias):
    """Padding "same", stride 1, odd kernels."""
    size = kernel.shape[0]
    pad = size // 2
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(
        padded, (size, size), (1, 2)
    )
    return np.einsum("bhwcij,ijco->bhwo", windows, kernel) + bias


def conv2d_transpose(images, kernel, bias):
    """Padding "same", stride 2, kernels of 4."""
    batch, height, width, _ = images.shape
    outputs = np.zeros((batch, 2 * height + 2, 2 * width + 2, kernel.shape[2]))
    for i in range(height):
        for j in range(width):
            spread = np.einsum("bc,ijoc->bijo", images[:, i, j], kernel)
            outputs[:, 2 * i : 2 * i + 4, 2 * j : 2 * j + 4] += spread
    return outputs[:, 1:-1, 1:-1] + bias


def group_normalization(images, groups, gamma, beta, epsilon=1e-3):
    shape = images.shape
    grouped = images.reshape(*shape[:3], groups, -1)
    mean = grouped.mean((1, 2, 4), keepdims=True)
    variance = grouped.var((1, 2, 4), keepdims=True)
    normalized = (grouped - mean) / np.sqrt(variance + epsilon)
    return normalized.reshape(shape) * gamma + beta


def filter_response_normalization(images, gamma, beta, epsilon=1e-6):
    mean_square = (images**2).mean((1, 2), keepdims=True)
    return images / np.sqrt(mean_square + epsilon) * gamma + beta


def weight_normalized(kernel, g):
    axes = tuple(range(kernel.ndim - 1))
    return kernel / np.sqrt((kernel**2).sum(axes)) * g


def adaptive_average_pooling(images, rows, columns):
    for axis, size in ((1, rows), (2, columns)):
        length = images.shape[axis]
        parts = [
            images.take(
                range(i * length // size, -(-(i + 1) * length // size)), axis
            ).mean(axis, keepdims=True)
            for i in range(size)
        ]
        images = np.concatenate(parts, axis)
    return images


def maxout(images, num_units):
    groups = images.reshape(*images.shape[:-1], -1, num_units)
    return groups.max(-2)


def mish(x):
    return x * np.tanh(np.log1p(np.exp(x)))


def gelu(x):
    inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
    return x / 2 * (1 + np.tanh(inner))


def lisht(x):
    return x * np.tanh(x)


def snake(x):
    return x + (1 - np.cos(2 * x)) / 2


def hardshrink(x):
    return np.where(np.abs(x) > 0.5, x, 0)


def softshrink(x):
    return np.sign(x) * np.maximum(np.abs(x) - 0.5, 0)


def tanhshrink(x):
    return x - np.tanh(x)


def leaky_relu(x):
    return np.where(x > 0, x, 0.3 * x)
