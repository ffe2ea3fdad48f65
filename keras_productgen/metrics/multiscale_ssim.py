import keras
from keras import ops

from keras_productgen.metrics.paired_metric import PairedMetric
from keras_productgen.metrics.picture_pairs import check_size
from keras_productgen.metrics.picture_pairs import prepare
from keras_productgen.similarity.structural import WEIGHTS
from keras_productgen.similarity.structural import least_size
from keras_productgen.similarity.structural import multiscale_similarity


@keras.saving.register_keras_serializable(package="keras_productgen")
def multiscale_ssim(
    reference_images,
    images,
    value_range=(0, 255),
    luma=False,
    crop_border=0,
):
    """Structural similarity over five scales: higher is better, 1 at most.

    Contrast and structure count at every scale, luminance at the coarsest.
    Pictures are halved by means of 2 x 2 pixels, a last odd row or column is
    left out. A scale on which the pictures are opposed, with a mean below 0,
    counts as 0. The mean over the channels counts.

    Args:
        reference_images: pictures `(batch, height, width, channels)` with 1 or
            3 channels and at least 176 pixels each way, of any dtype.
        images: pictures of the same shape.
        value_range: pair of floats, the values of black and white.
        luma: bool, whether to compare nothing but the luma of video.
        crop_border: int, how many pixels at each side to cut off first.

    Returns:
        float32 tensor `(batch,)`, 1 for identical pictures.

    Raises:
        ValueError: if shapes or settings do not fit, the pictures are smaller
            than 176 pixels, or values plainly are not in `value_range`.

    Reference:
    - [Wang et al., 2003](https://doi.org/10.1109/ACSSC.2003.1292216)
    """
    reference_images, images, _ = prepare(
        reference_images, images, value_range, luma, crop_border
    )
    check_size(images, least_size(len(WEIGHTS)), "MS-SSIM", crop_border)
    similarity = multiscale_similarity(
        reference_images + images,
        images - reference_images,
        value_range,
        WEIGHTS,
    )
    return ops.mean(similarity, axis=1)


@keras.saving.register_keras_serializable(package="keras_productgen")
class MultiScaleStructuralSimilarity(PairedMetric):
    """Mean over pictures of `multiscale_ssim`: higher is better, 1 at most.

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
    - [Wang et al., 2003](https://doi.org/10.1109/ACSSC.2003.1292216)
    """

    def __init__(
        self,
        name="ms_ssim",
        value_range=(0, 255),
        luma=False,
        crop_border=0,
        dtype=None,
    ):
        super().__init__(
            multiscale_ssim,
            name,
            dtype,
            value_range=value_range,
            luma=luma,
            crop_border=crop_border,
        )
