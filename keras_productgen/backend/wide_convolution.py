"""Which convolutions are faster as one product of matrices.

On a CPU the kernels of TensorFlow and torch are slow where channels are many
and positions few, as at the inner end of a DCGAN: from 8 x 8 x 256 to
4 x 4 x 512, patches times kernel takes half the time of torch's convolution,
and a fifth of that of TensorFlow's gradient in bfloat16 (`docs/design.md`).
"""

# The channels times the filters from which the product is faster.
WIDE = 2**17


def is_wide(images_shape, kernel_shape, strides):
    """Whether a convolution with padding "same" has a faster twin.

    Args:
        images_shape: shape of the larger side, `(batch, height, width,
            channels)`.
        kernel_shape: `(height, width, channels, filters)`.
        strides: pair of ints.
    """
    _, height, width, _ = images_shape
    size, other_size, channels, filters = kernel_shape
    stride = strides[0]
    return (
        channels * filters >= WIDE
        and size == other_size
        and strides[1] == stride
        and stride > 1
        and size % stride == 0
        and (size - stride) % 2 == 0
        and None not in (height, width)
        and height % stride == 0
        and width % stride == 0
    )


def is_wide_transpose(inputs_shape, kernel_shape, strides):
    """The same for a transposed convolution, by the shape of its inputs."""
    batch, height, width, _ = inputs_shape
    if None in (height, width):
        return False
    larger = (batch, height * strides[0], width * strides[1], kernel_shape[2])
    return is_wide(larger, kernel_shape, strides)
