import keras
import numpy as np
from keras import ops

from keras_productgen.metrics import pixels
from keras_productgen.metrics.image_mean import ImageMean

FINE, COARSE = 1.0, 2.0
# Gaussians end after so many deviations.
REACH = 3
STRONGEST = 0.02


def edge_width(images, value_range=(0, 255)):
    """How wide the strongest edges are blurred, in pixels.

    An edge blurred with a Gaussian of deviation `s` has a slope in proportion
    to `1 / s`. Blurring it further, with known deviations, lowers the slope the
    less the wider the edge already is: the ratio of the two slopes gives `s`,
    whatever the contrast. The pixels with the steepest 2 % of the slopes count.

    The measure follows the size: a picture at half the size has half the edge
    width, down to about 0.5 pixels, the width of an edge between two pixels.
    Divide by the picture's side to compare pictures of different sizes. Noise
    hides edges wider than about 3 pixels.

    Args:
        images: RGB pictures `(batch, height, width, 3)` in `value_range`, of
            at least 8 pixels each way.
        value_range: pair of floats, the values of black and white.

    Returns:
        float32 tensor `(batch,)`, deviations in pixels; infinite for pictures
        without any edge.

    Raises:
        ValueError: if the pictures have another shape, or `value_range` is not
            a pair that rises.

    Reference:
    - [Zhuo and Sim, 2011](https://doi.org/10.1016/j.patcog.2011.03.009)
    """
    gray = pixels.luma(pixels.gray_levels(images, value_range))
    fine, coarse = _slopes(gray, FINE), _slopes(gray, COARSE)
    limit = pixels.masked_quantile(fine, fine >= 0.0, 1.0 - STRONGEST)
    edges = ops.cast(fine >= limit, "float32")
    fine, coarse = ops.sum(fine * edges, axis=1), ops.sum(coarse * edges, 1)
    # Without edges both are 0, up to rounding.
    flat = fine <= 1e-2 * ops.sum(edges, axis=1)
    ratio = (fine / ops.where(flat, 1.0, coarse)) ** 2
    variance = (COARSE**2 - ratio * FINE**2) / ops.maximum(ratio - 1.0, 1e-6)
    width = ops.sqrt(ops.maximum(variance, 0.0))
    return ops.where(flat, float("inf"), width)


@keras.saving.register_keras_serializable(package="keras_productgen")
class EdgeWidth(ImageMean):
    """Mean of `edge_width` over the pictures that have edges, in pixels.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises.
    """

    def __init__(self, name="edge_width", value_range=(0, 255), dtype=None):
        super().__init__(name, value_range, dtype)

    def measure(self, images):
        return edge_width(images, self.value_range)


def _slopes(gray, deviation):
    """Steepness of the blurred picture in each pixel, `(batch, pixels)`."""
    reach = int(REACH * deviation)
    places = np.arange(-reach, reach + 1)
    bell = np.exp(-0.5 * (places / deviation) ** 2)
    bell = bell / bell.sum()
    margin = ((0, 0), (reach + 1, reach + 1), (reach + 1, reach + 1), (0, 0))
    smooth = ops.pad(gray, margin, mode="reflect")
    smooth = pixels.filtered(smooth, bell[:, None])
    smooth = pixels.filtered(smooth, bell[None, :])
    down = smooth[:, 2:, 1:-1] - smooth[:, :-2, 1:-1]
    across = smooth[:, 1:-1, 2:] - smooth[:, 1:-1, :-2]
    steepness = ops.sqrt(down**2 + across**2)
    return pixels.as_rows(steepness)
