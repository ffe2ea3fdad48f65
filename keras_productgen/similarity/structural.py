"""Structural similarity, at one scale and at several."""

from keras import ops

from keras_productgen.similarity.gaussian_window import SIZE
from keras_productgen.similarity.gaussian_window import blur

K1, K2 = 0.01, 0.03
# Of the scales from the full size down, each half of the one before.
WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


def least_size(num_scales):
    """Returns the least side of pictures of which the window sees a whole."""
    return SIZE * 2 ** (num_scales - 1)


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

    Reference:
    - [Wang et al., 2004](https://doi.org/10.1109/TIP.2003.819861)
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


def multiscale_similarity(sums, differences, value_range, weights, least=0.0):
    """Product of contrasts over the scales, and of the last one's luminance.

    Pictures are halved by means of 2 x 2 pixels, a last odd row or column is
    left out.

    Args:
        sums: float32 tensor `(batch, height, width, channels)`, of the two
            pictures.
        differences: float32 tensor of the same shape.
        value_range: pair of floats, the values of black and white.
        weights: sequence of floats, the exponents from the full size down.
        least: float, what a factor counts at least. Below 0 there is no power;
            near it its slope is without bounds.

    Returns:
        Tensor `(batch, channels)`.

    Reference:
    - [Wang et al., 2003](https://doi.org/10.1109/ACSSC.2003.1292216)
    """
    product = 1.0
    for weight in weights[:-1]:
        _, contrast = similarity_and_contrast(sums, differences, value_range)
        product *= ops.maximum(contrast, least) ** weight
        sums, differences = _halved(sums), _halved(differences)
    similarity, _ = similarity_and_contrast(sums, differences, value_range)
    return product * ops.maximum(similarity, least) ** weights[-1]


def _mean_of_planes(values):
    return ops.mean(ops.mean(values, axis=3), axis=2)


def _halved(images):
    return ops.average_pool(
        images, 2, strides=2, padding="valid", data_format="channels_last"
    )
