"""The binomial filter that comes before and after a change of resolution."""

import numpy as np
from keras import ops

TAPS = np.array([1.0, 3.0, 3.0, 1.0], "float32")


def blurred(kernel, gain=1.0):
    """Makes one kernel of a convolution and of the blur beside it.

    A convolution followed by a convolution is a convolution: of one kernel,
    larger by 3, instead of two passes over the images. With stride 2 and
    padding "same" it computes what the paper's filtered convolutions do, at
    the borders, too.

    Args:
        kernel: float tensor of shape `(size, size, channels, filters)`.
        gain: float, what the taps of the blur sum up to: 1 before a picture
            gets smaller, 4 after zeros were put between its pixels.

    Returns:
        float tensor of shape `(size + 3, size + 3, channels, filters)`.

    Reference:
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958)
    - [Zhang, 2019](https://arxiv.org/abs/1904.11486)
    """
    size, _, channels, filters = kernel.shape
    larger = size + len(TAPS) - 1
    along_one_axis = np.zeros((larger, size), "float32")
    for place in range(size):
        along_one_axis[place : place + len(TAPS), place] = TAPS / TAPS.sum()
    matrix = gain * np.kron(along_one_axis, along_one_axis)
    rows = ops.reshape(kernel, (size * size, channels * filters))
    mixed = ops.matmul(ops.convert_to_tensor(matrix, rows.dtype), rows)
    return ops.reshape(mixed, (larger, larger, channels, filters))
