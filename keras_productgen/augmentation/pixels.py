"""Pixels of batches of pictures, taken from elsewhere; differentiable."""

from keras import ops


def pixels_at(images, rows, columns):
    """Takes a pixel for each position of the new pictures.

    Args:
        images: tensor of shape `(batch, height, width, channels)`, of which
            height and width are known.
        rows: int32 tensor `(batch, new_height, new_width)`, within `height`.
        columns: int32 tensor of the same shape, within `width`.

    Returns:
        Tensor of shape `(batch, new_height, new_width, channels)`.
    """
    batch_size = ops.shape(images)[0]
    height, width, channels = images.shape[1:]
    first = ops.arange(batch_size, dtype="int32") * (height * width)
    positions = first[:, None, None] + rows * width + columns
    return ops.take(ops.reshape(images, (-1, channels)), positions, axis=0)


def interpolated(images, rows, columns):
    """Takes bilinear means of pixels; outside, pictures are mirrored.

    Not `ops.image.affine_transform`: its gradient on TensorFlow is a warp back,
    which is not the derivative of the warp.

    Args:
        images: as in `pixels_at`.
        rows: float32 tensor `(batch, new_height, new_width)`, any numbers.
        columns: float32 tensor of the same shape.

    Returns:
        Tensor of shape `(batch, new_height, new_width, channels)`.
    """
    height, width = images.shape[1:3]
    top, bottom, down = _neighbours(rows, height)
    left, right, across = _neighbours(columns, width)
    upper = _between(
        pixels_at(images, top, left), pixels_at(images, top, right), across
    )
    lower = _between(
        pixels_at(images, bottom, left),
        pixels_at(images, bottom, right),
        across,
    )
    return _between(upper, lower, down)


def grid(images):
    """Rows `(1, height, 1)` and columns `(1, 1, width)` of pictures, int32."""
    height, width = images.shape[1:3]
    rows = ops.arange(height, dtype="int32")[None, :, None]
    columns = ops.arange(width, dtype="int32")[None, None, :]
    return rows, columns


def _neighbours(positions, size):
    last = size - 1
    # A zigzag between the first and the last pixel.
    mirrored = last - ops.abs(ops.mod(positions, 2.0 * last) - last)
    before = ops.clip(ops.floor(mirrored), 0.0, last)
    first = ops.cast(before, "int32")
    second = ops.minimum(first + 1, last)
    return first, second, (mirrored - before)[..., None]


def _between(first, second, share):
    return first + share * (second - first)
