import keras
from keras import ops

from keras_productgen.backend import squared_difference
from keras_productgen.metrics.paired_metric import MaskedPairedMetric
from keras_productgen.metrics.picture_pairs import picture_mean
from keras_productgen.metrics.picture_pairs import prepare


@keras.saving.register_keras_serializable(package="keras_productgen")
def snr_db(
    reference_images,
    images,
    value_range=(0, 255),
    luma=False,
    crop_border=0,
    mask=None,
):
    """Signal-to-noise ratio of each picture, in dB: higher is better.

    The signal is the mean square of the reference, counted from black; the
    noise is the mean squared difference from it.

    Args:
        reference_images: pictures `(batch, height, width, channels)` with 1 or
            3 channels, of any dtype.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white.
        luma: bool, whether to compare nothing but the luma of video.
        crop_border: int, how many pixels at each side do not count.
        mask: optional weights of the pixels, `(batch, height, width, 1)`.

    Returns:
        float32 tensor `(batch,)`: infinite for identical pictures, minus
        infinite beside a black reference.

    Raises:
        ValueError: if shapes or settings do not fit, or values plainly are not
            in `value_range`.
    """
    ratio = inverse_signal_ratio(
        reference_images, images, value_range, luma, crop_border, mask
    )
    return -10.0 * ops.log10(ratio)


@keras.saving.register_keras_serializable(package="keras_productgen")
def inverse_signal_ratio(
    reference_images,
    images,
    value_range=(0, 255),
    luma=False,
    crop_border=0,
    mask=None,
):
    """Noise over signal of each picture, a plain ratio: LOWER is better.

    Some articles list an "ISR, inverse signal-to-noise ratio" beside PSNR and
    say that higher is better. That is a mistake: the inverse of the
    signal-to-noise ratio is the noise's share, 0 for identical pictures and
    growing with every error. What they describe is `snr_db`.

    Args:
        reference_images: pictures `(batch, height, width, channels)` with 1 or
            3 channels, of any dtype.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white.
        luma: bool, whether to compare nothing but the luma of video.
        crop_border: int, how many pixels at each side do not count.
        mask: optional weights of the pixels, `(batch, height, width, 1)`.

    Returns:
        float32 tensor `(batch,)`, at least 0: 0 for identical pictures,
        infinite beside a black reference.

    Raises:
        ValueError: if shapes or settings do not fit, or values plainly are not
            in `value_range`.
    """
    reference_images, images, mask = prepare(
        reference_images, images, value_range, luma, crop_border, mask
    )
    noise = picture_mean(squared_difference(images, reference_images), mask)
    signal = picture_mean(ops.square(reference_images - value_range[0]), mask)
    return noise / signal


@keras.saving.register_keras_serializable(package="keras_productgen")
class SignalToNoiseRatio(MaskedPairedMetric):
    """Mean over pictures of `snr_db`, in dB: higher is better.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        luma: bool, whether to compare nothing but the luma.
        crop_border: int, how many pixels at each side do not count.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or `crop_border`
            is below 0.
    """

    def __init__(
        self,
        name="snr_db",
        value_range=(0, 255),
        luma=False,
        crop_border=0,
        dtype=None,
    ):
        super().__init__(
            snr_db,
            name,
            dtype,
            value_range=value_range,
            luma=luma,
            crop_border=crop_border,
        )


@keras.saving.register_keras_serializable(package="keras_productgen")
class InverseSignalRatio(MaskedPairedMetric):
    """Mean over pictures of `inverse_signal_ratio`: LOWER is better.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        luma: bool, whether to compare nothing but the luma.
        crop_border: int, how many pixels at each side do not count.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or `crop_border`
            is below 0.
    """

    def __init__(
        self,
        name="isr",
        value_range=(0, 255),
        luma=False,
        crop_border=0,
        dtype=None,
    ):
        super().__init__(
            inverse_signal_ratio,
            name,
            dtype,
            value_range=value_range,
            luma=luma,
            crop_border=crop_border,
        )
