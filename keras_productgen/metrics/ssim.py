import keras
from keras import ops

from keras_productgen.metrics.gaussian_window import SIZE
from keras_productgen.metrics.gaussian_window import blur
from keras_productgen.metrics.paired_metric import PairedMetric
from keras_productgen.metrics.picture_pairs import check_size
from keras_productgen.metrics.picture_pairs import prepare

K1, K2 = 0.01, 0.03


@keras.saving.register_keras_serializable(package="keras_productgen")
def ssim(
    reference_images,
    images,
    value_range=(0, 255),
    luma=False,
    crop_border=0,
):
    """Structural similarity of each picture: higher is better, 1 at most.

    Under a Gaussian window of 11 x 11 pixels with sigma 1.5, and where all of
    it lies in the picture, so the outermost 5 pixels are seen but have no
    value of their own. These are the numbers of scikit-image's
    `structural_similarity(gaussian_weights=True, sigma=1.5,
    use_sample_covariance=False, channel_axis=-1, data_range=255)`, which leaves
    out the same border. The mean over the channels counts.

    Args:
        reference_images: pictures `(batch, height, width, channels)` with 1 or
            3 channels and at least 11 pixels each way, of any dtype.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white. Values are
            counted from black, so that pictures in (-1, 1) get what they get in
            (0, 255).
        luma: bool, whether to compare nothing but the luma, as articles on
            restoration do: that of video, 16-235 of 0-255 (BT.601).
        crop_border: int, how many pixels at each side to cut off first.

    Returns:
        float32 tensor `(batch,)`, 1 for identical pictures.

    Raises:
        ValueError: if shapes or settings do not fit, the pictures are smaller
            than the window, or values plainly are not in `value_range`.

    Reference:
    - [Wang et al., 2004](https://doi.org/10.1109/TIP.2003.819861)
    """
    reference_images, images, _ = prepare(
        reference_images, images, value_range, luma, crop_border
    )
    check_size(images, SIZE, "SSIM", crop_border)
    similarity, _ = similarity_and_contrast(
        reference_images + images, images - reference_images, value_range
    )
    return ops.mean(similarity, axis=1)


def similarity_and_contrast(sums, differences, value_range):
    """SSIM, and its factors for contrast and structure alone.

    Written in the sum `s` and the difference `d` of the two pictures: with
    means m and variances v the factors are

        luminance = 1 - m_d^2 / ((m_s^2 + m_d^2) / 2 + C1)
        contrast  = 1 - v_d   / ((v_s + v_d) / 2 + C2)

    which takes four blurs instead of five, and is 1 to the last bit where the
    pictures agree.

    Args:
        sums: float32 tensor `(batch, height, width, channels)`.
        differences: float32 tensor of the same shape.
        value_range: pair of floats, the values of black and white.

    Returns:
        Two tensors `(batch, channels)`, means over the pixels.
    """
    low, high = value_range
    peak = high - low
    # Around the middle, squares are smaller and lose less in float32.
    s = ops.transpose(sums - (low + high), (0, 3, 1, 2))
    d = ops.transpose(differences, (0, 3, 1, 2))
    mean_s, mean_d = blur(s), blur(d)
    variance_s = blur(s * s) - mean_s * mean_s
    variance_d = blur(d * d) - mean_d * mean_d
    squared_d = mean_d * mean_d
    level = 0.5 * (ops.square(mean_s + peak) + squared_d) + (K1 * peak) ** 2
    spread = 0.5 * (variance_s + variance_d) + (K2 * peak) ** 2
    contrast = 1.0 - variance_d / spread
    similarity = (1.0 - squared_d / level) * contrast
    return _mean_of_planes(similarity), _mean_of_planes(contrast)


def _mean_of_planes(values):
    return ops.mean(ops.mean(values, axis=3), axis=2)


@keras.saving.register_keras_serializable(package="keras_productgen")
class StructuralSimilarity(PairedMetric):
    """Mean over pictures of `ssim`: higher is better, 1 at most.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        luma: bool, whether to compare nothing but the luma.
        crop_border: int, how many pixels at each side to cut off first.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or `crop_border`
            is below 0.

    Reference:
    - [Wang et al., 2004](https://doi.org/10.1109/TIP.2003.819861)
    """

    def __init__(
        self,
        name="ssim",
        value_range=(0, 255),
        luma=False,
        crop_border=0,
        dtype=None,
    ):
        super().__init__(
            ssim,
            name,
            dtype,
            value_range=value_range,
            luma=luma,
            crop_border=crop_border,
        )
