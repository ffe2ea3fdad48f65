import keras
import numpy as np
from keras import ops

from keras_productgen.metrics import pixels
from keras_productgen.metrics.image_mean import ImageMean

# Answers to edges and slopes with nothing, to noise of deviation 1 with 1.
SECOND_DIFFERENCE = np.outer([1, -2, 1], [1, -2, 1]) / 6.0
MEAN = np.full((3, 3), 1.0 / 9.0)
# Half of normal numbers lie within this many deviations.
MEDIAN_DEVIATION = 0.6745


def noise_level(images, value_range=(0, 255), flat_share=0.3):
    """Standard deviation of the noise in pictures, in grey levels.

    The picture's second difference both ways leaves noise and fine texture.
    Its median, over the flattest pixels of each channel that black and white
    do not clip, is that of the noise, if it is as strong everywhere and every
    pixel has its own. Fine weave that fills the picture counts as noise; noise
    that was smoothed or compressed counts too little.

    Args:
        images: RGB pictures `(batch, height, width, 3)` in `value_range`, of
            at least 8 pixels each way.
        value_range: pair of floats, the values of black and white.
        flat_share: float in (0, 1], which share of the pixels is looked at.

    Returns:
        float32 tensor `(batch,)`, grey levels of 0-255, the mean of the three
        channels.

    Raises:
        ValueError: if the pictures have another shape, `value_range` is not a
            pair that rises, or `flat_share` is outside (0, 1].

    Reference:
    - [Immerkaer, 1996](https://doi.org/10.1006/cviu.1996.0060), the filter
    """
    if not 0.0 < flat_share <= 1.0:
        raise ValueError(
            f"`flat_share` must be in (0, 1]. Received: flat_share={flat_share}"
        )
    images = pixels.gray_levels(images, value_range)
    residual = ops.absolute(pixels.filtered(images, SECOND_DIFFERENCE))
    smooth = pixels.filtered(images, MEAN)
    # Slopes are not known at the border.
    residual = _rows(residual[:, 1:-1, 1:-1])
    level = _rows(smooth[:, 1:-1, 1:-1])
    slope = _rows(_squared_slope(smooth))
    sigma = _median_deviation(residual, ops.ones_like(residual) > 0.0)
    # The first guess includes edges; the second knows what to leave out.
    for _ in range(2):
        free = _not_clipped(level, 1.5 * sigma)
        limit = pixels.masked_quantile(slope, free, flat_share)
        chosen = ops.logical_and(free, slope <= limit)
        sigma = _median_deviation(residual, chosen)
    return ops.mean(ops.reshape(sigma, (-1, 3)), axis=1)


@keras.saving.register_keras_serializable(package="keras_productgen")
class NoiseLevel(ImageMean):
    """Mean over pictures of `noise_level`, in grey levels of 0-255.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises.
    """

    def __init__(self, name="noise_level", value_range=(0, 255), dtype=None):
        super().__init__(name, value_range, dtype)

    def measure(self, images):
        return noise_level(images, self.value_range)


def _rows(images):
    """Each channel of each picture in a row, `(batch * 3, num_pixels)`."""
    planes = ops.transpose(images, (0, 3, 1, 2))
    return ops.reshape(planes, (3 * ops.shape(images)[0], -1))


def _squared_slope(smooth):
    down = smooth[:, 2:, 1:-1] - smooth[:, :-2, 1:-1]
    across = smooth[:, 1:-1, 2:] - smooth[:, 1:-1, :-2]
    return down**2 + across**2


def _not_clipped(level, margin):
    free = ops.logical_and(level > margin, level < 255.0 - margin)
    share = ops.mean(ops.cast(free, "float32"), axis=1, keepdims=True)
    # A picture of black and white alone has nothing else to be judged by.
    return ops.logical_or(free, share < 0.02)


def _median_deviation(residual, mask):
    return pixels.masked_quantile(residual, mask, 0.5) / MEDIAN_DEVIATION
