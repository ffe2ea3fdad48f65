"""Convolutions on torch as products of matrices."""

from torch.nn import functional


def conv2d(inputs, kernel, stride):
    size, _, channels, filters = kernel.shape
    border = (size - stride) // 2
    padded = functional.pad(inputs, (0, 0, border, border, border, border))
    patches = padded.unfold(1, size, stride).unfold(2, size, stride)
    shape = patches.shape[:3]  # Then come channels, rows and columns.
    patches = patches.permute(0, 1, 2, 4, 5, 3)
    outputs = patches.reshape(-1, size * size * channels) @ kernel.reshape(
        -1, filters
    )
    return outputs.reshape(*shape, filters)


def conv2d_transpose(inputs, kernel, stride):
    batch, height, width, filters = inputs.shape
    size, _, channels, _ = kernel.shape
    patches = inputs.reshape(-1, filters) @ kernel.reshape(-1, filters).T
    patches = patches.reshape(batch, height * width, size * size, channels)
    images = functional.fold(
        patches.permute(0, 3, 2, 1).reshape(batch, -1, height * width),
        (height * stride, width * stride),
        size,
        padding=(size - stride) // 2,
        stride=stride,
    )
    return images.movedim(1, -1).contiguous()
