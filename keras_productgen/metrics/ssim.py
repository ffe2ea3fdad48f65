import keras
from keras import ops

from keras_productgen.metrics.paired_metric import PairedMetric
from keras_productgen.metrics.picture_pairs import check_size
from keras_productgen.metrics.picture_pairs import prepare
from keras_productgen.similarity.gaussian_window import SIZE
from keras_productgen.similarity.structural import similarity_and_contrast


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
