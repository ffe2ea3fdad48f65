"""What the measures of single pictures share."""

import numpy as np
from keras import ops

from keras_productgen import encoders

# Of red, green and blue in the lightness that eyes see (ITU-R BT.709).
LUMA = (0.2126, 0.7152, 0.0722)


def gray_levels(images, value_range):
    """Pictures as float32 grey levels 0-255.

    Raises:
        ValueError: if `images` do not have the shape
            `(batch, height, width, 3)`, each side of at least 8 pixels, or
            their values plainly are not in `value_range`.
    """
    low, high = encoders.check_value_range(value_range)
    images = ops.convert_to_tensor(images)
    shape = tuple(images.shape)
    small = any(side is not None and side < 8 for side in shape[1:3])
    if len(shape) != 4 or shape[-1] != 3 or shape[0] == 0 or small:
        raise ValueError(
            "`images` must have the shape (batch, height, width, 3), with at "
            f"least 8 pixels each way. Received: images.shape={shape}"
        )
    check_values(images, value_range)
    return to_levels(images, value_range)


def to_levels(images, value_range):
    """From `value_range` to float32 grey levels 0-255, unchecked."""
    low, high = value_range
    return (ops.cast(images, "float32") - low) * (255.0 / (high - low))


def check_values(images, value_range, name="images"):
    """Refuses pictures whose values plainly are not in `value_range`.

    Values are looked at where there are any: not while a graph is being made.
    Of tall pictures every 16th row is looked at, and all where these raise
    doubts: this must not cost more than the metric.

    Args:
        images: tensor or array `(batch, height, width, channels)`.
        value_range: pair of floats, the values of black and white.
        name: str, what the message calls the pictures.

    Raises:
        ValueError: see `encoders.check_values`.
    """
    if 0 in images.shape:
        return
    try:
        some = _extremes(images[:, ::16] if _is_tall(images) else images)
    except (NotImplementedError, TypeError, ValueError):
        return  # A graph is being made: there are no values yet.
    _check_finite(some, name)
    try:
        encoders.check_values(*some, value_range, name)
    except ValueError:
        encoders.check_values(*_extremes(images), value_range, name)


def _check_finite(values, name):
    if not np.isfinite(values).all():
        raise ValueError(
            f"`{name}` must be finite numbers. Received: NaN or infinity"
        )


def _is_tall(images):
    return images.shape[1] is not None and images.shape[1] >= 64


def _extremes(images):
    if isinstance(images, np.ndarray):
        return images.min(), images.max()
    return tuple(
        float(ops.convert_to_numpy(extreme(images)))
        for extreme in (ops.min, ops.max)
    )


def luma(images):
    """Weighted mean of the channels, `(batch, height, width, 1)`."""
    weights = ops.convert_to_tensor(LUMA, dtype="float32")
    return ops.sum(images * weights, axis=-1, keepdims=True)


def filtered(images, kernel):
    """Each channel filtered with `kernel`, wherever all of it fits in.

    Args:
        images: float32 `(batch, height, width, channels)`.
        kernel: float array `(rows, columns)`.

    Returns:
        float32 `(batch, height - rows + 1, width - columns + 1, channels)`.
    """
    kernel = np.asarray(kernel, "float32")[..., None, None]
    kernel = np.repeat(kernel, images.shape[-1], axis=2)
    return ops.depthwise_conv(
        images, kernel, padding="valid", data_format="channels_last"
    )


def as_rows(images):
    """All values of a picture in a row, `(batch, num_values)`."""
    return ops.reshape(images, (ops.shape(images)[0], -1))


def share_of(condition):
    """Share of the pixels of each picture where `condition` holds."""
    return ops.mean(ops.cast(condition, "float32"), axis=(1, 2, 3))


def masked_quantile(values, mask, quantile):
    """The quantile of the values where `mask` holds, one for each row.

    Args:
        values: float32 `(batch, num_values)`.
        mask: bool of the same shape.
        quantile: float in [0, 1]; the value itself, nothing in between.

    Returns:
        float32 `(batch, 1)`; infinite where the mask holds nowhere.
    """
    values = ops.sort(ops.where(mask, values, float("inf")), axis=1)
    count = ops.sum(ops.cast(mask, "float32"), axis=1, keepdims=True)
    places = ops.cast(quantile * ops.maximum(count - 1.0, 0.0), "int32")
    return ops.take_along_axis(values, places, axis=1)
