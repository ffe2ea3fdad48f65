"""What the comparisons of a picture with its reference share."""

from keras import ops

from keras_productgen import encoders
from keras_productgen.metrics.pixels import check_values

# Luma of 8-bit video, 16-235 (ITU-R BT.601), in shares of the range of values.
_BLACK = 16.0 / 255.0
_WEIGHTS = (65.481 / 255.0, 128.553 / 255.0, 24.966 / 255.0)


def prepare(
    reference_images,
    images,
    value_range,
    luma=False,
    crop_border=0,
    mask=None,
    channels=(1, 3),
):
    """Returns pictures and mask as they are compared: float32, cropped.

    Values are looked at where they are known, which is outside of compiled
    code. Nothing is asked of `images` if they are a tensor: a network that has
    just begun to learn may return anything.

    Args:
        reference_images: pictures `(batch, height, width, channels)` with 1 or
            3 channels, of any dtype.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white.
        luma: bool, whether to keep nothing but the luma.
        crop_border: int, how many pixels to leave out at each side.
        mask: optional weights `(batch, height, width, 1)`.
        channels: tuple of ints, what numbers of channels will do.

    Returns:
        Tuple of float32 tensors `(reference_images, images, mask)`.

    Raises:
        ValueError: if shapes, settings or values do not fit.
    """
    is_output = ops.is_tensor(images)
    reference_images = ops.convert_to_tensor(reference_images)
    images = ops.convert_to_tensor(images)
    check_pair(
        reference_images,
        images,
        value_range,
        crop_border,
        (3,) if luma else channels,
        is_output,
    )
    pictures = [
        _prepare_picture(picture, value_range, luma, crop_border)
        for picture in (reference_images, images)
    ]
    if mask is not None:
        mask = ops.convert_to_tensor(mask)
        _check_mask(mask, reference_images)
        mask = _cropped(ops.cast(mask, "float32"), crop_border)
    return *pictures, mask


def check_pair(
    reference_images, images, value_range, crop_border, channels, is_output
):
    """Refuses pictures that cannot be compared.

    Args:
        is_output: bool, whether `images` may have any values.
        reference_images: see `prepare`, as the others.

    Raises:
        ValueError: if shapes, settings or values do not fit.
    """
    encoders.check_value_range(value_range)
    _check_shapes(reference_images, images, channels)
    _check_room(reference_images, crop_border)
    check_values(reference_images, value_range, "reference_images")
    if not is_output:
        check_values(images, value_range, "images")


def picture_mean(values, mask=None):
    """Mean of `values` over each picture, weighted by `mask`.

    Row by row first: a single float32 sum of millions of squares would lose
    digits.

    Args:
        values: float32 tensor `(batch, height, width, channels)`.
        mask: optional float32 tensor `(batch, height, width, 1)`.

    Returns:
        Tensor `(batch,)`, not a number where a mask is empty.
    """
    if mask is not None:
        return picture_mean(values * mask) / picture_mean(mask)
    return ops.mean(ops.mean(values, axis=(2, 3)), axis=1)


def _prepare_picture(images, value_range, luma, crop_border):
    images = ops.cast(_cropped(images, crop_border), "float32")
    if not luma:
        return images
    low, high = value_range
    red, green, blue = (images[..., i : i + 1] for i in range(3))
    weighted = sum(w * x for w, x in zip(_WEIGHTS, (red, green, blue)))
    return weighted + (low * (1.0 - sum(_WEIGHTS)) + _BLACK * (high - low))


def _cropped(images, border):
    if border == 0:
        return images
    return images[:, border:-border, border:-border]


def _check_shapes(reference_images, images, channels):
    shape, other = tuple(reference_images.shape), tuple(images.shape)
    same = len(shape) == len(other) == 4 and all(
        a == b or a is None or b is None for a, b in zip(shape, other)
    )
    if not same or other[-1] not in channels:
        numbers = " or ".join(map(str, channels))
        raise ValueError(
            "`reference_images` and `images` must have the same shape (batch, "
            f"height, width, channels), with {numbers} channels. Received: "
            f"reference_images.shape={shape}, images.shape={other}"
        )


def _check_room(images, crop_border):
    check_crop_border(crop_border)
    shape = tuple(images.shape)
    if any(side is not None and side <= 2 * crop_border for side in shape[1:3]):
        raise ValueError(
            "`crop_border` must be less than half of the smaller side. "
            f"Received: crop_border={crop_border}, "
            f"reference_images.shape={shape}"
        )


def check_crop_border(crop_border):
    if int(crop_border) != crop_border or crop_border < 0:
        raise ValueError(
            "`crop_border` must be an int of at least 0. "
            f"Received: crop_border={crop_border}"
        )


def _check_mask(mask, images):
    shape, wanted = tuple(mask.shape), (*images.shape[:3], 1)
    if len(shape) != 4 or any(
        a != b and a is not None and b is not None
        for a, b in zip(shape, wanted)
    ):
        raise ValueError(
            "`mask` must have the shape (batch, height, width, 1) of the "
            f"pictures, {wanted}. Received: mask.shape={shape}"
        )


def check_size(images, least, metric, crop_border):
    """Refuses pictures, cropped already, that a metric's window is beyond."""
    sides = tuple(images.shape[1:3])
    if any(side is not None and side < least for side in sides):
        raise ValueError(
            f"{metric} needs pictures of at least {least} x {least} pixels "
            f"inside of `crop_border`. Received: {sides[0]} x {sides[1]} "
            f"inside of crop_border={crop_border}"
        )
