import keras
import numpy as np
from keras import ops

from keras_productgen.metrics import pixels
from keras_productgen.metrics.image_mean import ImageMean

LAPLACIAN = np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]])


def sharpness(images, value_range=(0, 255)):
    """Variance of the Laplacian of the grey levels: how much fine detail.

    It ranks versions of one picture. Between pictures it also counts how much
    texture there is, in one picture also the noise, and it changes with the
    size: `edge_width` does neither.

    Args:
        images: RGB pictures `(batch, height, width, 3)` in `value_range`, of
            at least 8 pixels each way.
        value_range: pair of floats, the values of black and white.

    Returns:
        float32 tensor `(batch,)`, squared grey levels of 0-255: near 0 for a
        blurred picture, hundreds to thousands for a sharp one.

    Raises:
        ValueError: if the pictures have another shape, or `value_range` is not
            a pair that rises.

    Reference:
    - [Pech-Pacheco et al., 2000](https://doi.org/10.1109/ICPR.2000.903548)
    """
    gray = pixels.luma(pixels.gray_levels(images, value_range))
    return ops.var(pixels.filtered(gray, LAPLACIAN), axis=(1, 2, 3))


@keras.saving.register_keras_serializable(package="keras_productgen")
class Sharpness(ImageMean):
    """Mean over pictures of `sharpness`, in squared grey levels.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises.
    """

    def __init__(self, name="sharpness", value_range=(0, 255), dtype=None):
        super().__init__(name, value_range, dtype)

    def measure(self, images):
        return sharpness(images, self.value_range)
