import keras
import numpy as np
from keras import ops

from keras_productgen.metrics.mean_squared_error import are_arrays
from keras_productgen.metrics.mean_squared_error import mean_squared_error
from keras_productgen.metrics.mean_squared_error import of_arrays
from keras_productgen.metrics.paired_metric import MaskedPairedMetric


@keras.saving.register_keras_serializable(package="keras_productgen")
def psnr(
    reference_images,
    images,
    value_range=(0, 255),
    luma=False,
    crop_border=0,
    mask=None,
):
    """Peak signal-to-noise ratio of each picture, in dB: higher is better.

    Args:
        reference_images: pictures `(batch, height, width, channels)` with 1 or
            3 channels, of any dtype.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white; their
            distance is the peak, also of the luma.
        luma: bool, whether to compare nothing but the luma, as articles on
            restoration do: that of video, 16-235 of 0-255 (BT.601).
        crop_border: int, how many pixels at each side do not count.
        mask: optional weights of the pixels, `(batch, height, width, 1)`.

    Returns:
        float32 tensor `(batch,)`: infinite for identical pictures, not a number
        where the mask is empty.

    Raises:
        ValueError: if shapes or settings do not fit, or values plainly are not
            in `value_range`.
    """
    low, high = value_range
    if mask is None and not luma and are_arrays(reference_images, images):
        errors = of_arrays(reference_images, images, value_range, crop_border)
        with np.errstate(divide="ignore"):
            decibels = 10.0 * np.log10((high - low) ** 2 / errors)
        return ops.convert_to_tensor(decibels, "float32")
    error = mean_squared_error(
        reference_images, images, value_range, luma, crop_border, mask
    )
    return 10.0 * ops.log10((high - low) ** 2 / error)


@keras.saving.register_keras_serializable(package="keras_productgen")
class PeakSignalToNoiseRatio(MaskedPairedMetric):
    """Mean over pictures of their peak signal-to-noise ratio, in dB.

    The mean of the ratios, not the ratio of the mean error. One identical
    picture makes it infinite.

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
        name="psnr",
        value_range=(0, 255),
        luma=False,
        crop_border=0,
        dtype=None,
    ):
        super().__init__(
            psnr,
            name,
            dtype,
            value_range=value_range,
            luma=luma,
            crop_border=crop_border,
        )
