import typing

from keras import ops

from keras_productgen.metrics import pixels


class Exposure(typing.NamedTuple):
    """How pictures are exposed; float32 tensors of shape `(batch,)`.

    Attributes:
        mean_luma: mean grey level, 0-255.
        shadows: share of the pixels, 0-1, that are black: no channel above 1.
        highlights: share of the pixels, 0-1, that are white: no channel
            below 254. A white background is wanted in shops, and counts here.
        clipped: share of the pixels, 0-1, of which at least one channel is at
            its end, 0 or 255: colours that cannot be told apart any more.
        contrast: standard deviation of the grey levels, 0-127.5.
        dynamic_range: grey levels between the darkest and the lightest
            hundredth of the pixels, 0-255.
        color_cast: how far the lightest tenth of the pixels lies from grey, in
            grey levels: the largest mean of a channel less the smallest. Wrong
            white balance shows there, and so does a coloured background.
    """

    mean_luma: typing.Any
    shadows: typing.Any
    highlights: typing.Any
    clipped: typing.Any
    contrast: typing.Any
    dynamic_range: typing.Any
    color_cast: typing.Any


def exposure(images, value_range=(0, 255)):
    """Measures lightness, clipping, contrast and colour cast of pictures.

    Grey levels are luma: the weighted mean of the channels as they are stored,
    not of the light that they stand for.

    Args:
        images: RGB pictures `(batch, height, width, 3)` in `value_range`, of
            at least 8 pixels each way.
        value_range: pair of floats, the values of black and white.

    Returns:
        `Exposure`, a tuple of tensors of shape `(batch,)`.

    Raises:
        ValueError: if the pictures have another shape, or `value_range` is not
            a pair that rises.

    Reference:
    - ITU-R BT.709, the weights of the channels
    """
    images = pixels.gray_levels(images, value_range)
    gray = pixels.luma(images)
    lightest = ops.max(images, axis=-1, keepdims=True)
    darkest = ops.min(images, axis=-1, keepdims=True)
    ends = ops.logical_or(images <= 0.5, images >= 254.5)
    rows = pixels.as_rows(gray)
    everywhere = ops.ones_like(rows) > 0.0
    low, light, high = (
        pixels.masked_quantile(rows, everywhere, quantile)
        for quantile in (0.01, 0.9, 0.99)
    )
    return Exposure(
        mean_luma=ops.mean(rows, axis=1),
        shadows=pixels.share_of(lightest <= 1.0),
        highlights=pixels.share_of(darkest >= 254.0),
        clipped=pixels.share_of(ops.any(ends, axis=-1, keepdims=True)),
        contrast=ops.std(rows, axis=1),
        dynamic_range=(high - low)[:, 0],
        color_cast=_color_cast(images, gray >= light[:, :, None, None]),
    )


def _color_cast(images, light):
    weights = ops.cast(light, "float32")
    total = ops.sum(images * weights, axis=(1, 2))
    mean = total / ops.sum(weights, axis=(1, 2))
    return ops.max(mean, axis=-1) - ops.min(mean, axis=-1)
