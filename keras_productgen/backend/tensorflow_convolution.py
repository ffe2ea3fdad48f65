"""Convolutions on TensorFlow as products of matrices.

Blocks of `stride` by `stride` pixels are moved into the channels first, so that
few large pieces make up the patches.
"""

import itertools

import tensorflow as tf


def on_cpu():
    return not tf.config.list_physical_devices("GPU")


def conv2d(inputs, kernel, stride):
    @tf.custom_gradient
    def convolve(inputs, kernel):
        def gradients(output_gradient):
            return (
                _spread(output_gradient, kernel, stride),
                _kernel_gradient(inputs, output_gradient, kernel, stride),
            )

        return _gather(inputs, kernel, stride), gradients

    return convolve(inputs, kernel)


def conv2d_transpose(inputs, kernel, stride):
    @tf.custom_gradient
    def convolve(inputs, kernel):
        def gradients(output_gradient):
            return (
                _gather(output_gradient, kernel, stride),
                _kernel_gradient(output_gradient, inputs, kernel, stride),
            )

        return _spread(inputs, kernel, stride), gradients

    return convolve(inputs, kernel)


def _gather(images, kernel, stride):
    """The convolution: each patch of the images, times the kernel."""
    height, width = (length // stride for length in images.shape[1:3])
    patches = _patches(images, kernel.shape[0], stride)
    outputs = patches @ _as_matrix(kernel, stride)
    return tf.reshape(outputs, (-1, height, width, kernel.shape[3]))


def _spread(features, kernel, stride):
    """Its transpose: features times the kernel, added where they came from."""
    border, taps = _border_and_taps(kernel.shape[0], stride)
    matrix = _as_matrix(kernel, stride)
    patches = tf.matmul(
        tf.reshape(features, (-1, kernel.shape[3])), matrix, transpose_b=True
    )
    shape = (-1, *features.shape[1:3], matrix.shape[0])
    parts = tf.split(tf.reshape(patches, shape), taps * taps, axis=-1)
    places = itertools.product(range(taps), repeat=2)
    blocks = tf.add_n(
        [
            tf.pad(part, [[0, 0], *_around(place, taps), [0, 0]])
            for part, place in zip(parts, places)
        ]
    )
    inside = slice(border, -border or None)
    return tf.nn.depth_to_space(blocks, stride)[:, inside, inside]


def _kernel_gradient(images, features, kernel, stride):
    """Every patch of the images times what became of it, summed."""
    size, _, channels, filters = kernel.shape
    _, taps = _border_and_taps(size, stride)
    gradient = tf.matmul(
        _patches(images, size, stride),
        tf.reshape(features, (-1, filters)),
        transpose_a=True,
    )
    shape = (taps, taps, stride, stride, channels, filters)
    gradient = tf.transpose(tf.reshape(gradient, shape), (0, 2, 1, 3, 4, 5))
    return tf.reshape(gradient, kernel.shape)


def _patches(images, size, stride):
    """A row for each place of the kernel: its blocks, one after the other."""
    border, taps = _border_and_taps(size, stride)
    height, width = (length // stride for length in images.shape[1:3])
    paddings = [[0, 0], [border, border], [border, border], [0, 0]]
    blocks = tf.nn.space_to_depth(tf.pad(images, paddings), stride)
    parts = [
        blocks[:, row : row + height, column : column + width]
        for row, column in itertools.product(range(taps), repeat=2)
    ]
    return tf.reshape(
        tf.concat(parts, axis=-1), (-1, size * size * images.shape[3])
    )


def _as_matrix(kernel, stride):
    """The kernel with a row for each value of a patch, in its order."""
    size, _, channels, filters = kernel.shape
    _, taps = _border_and_taps(size, stride)
    shape = (taps, stride, taps, stride, channels, filters)
    kernel = tf.transpose(tf.reshape(kernel, shape), (0, 2, 1, 3, 4, 5))
    return tf.reshape(kernel, (size * size * channels, filters))


def _border_and_taps(size, stride):
    return (size - stride) // 2, size // stride


def _around(place, taps):
    return [[index, taps - 1 - index] for index in place]
