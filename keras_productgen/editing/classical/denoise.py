import cv2
import numpy as np

from keras_productgen.editing.classical import methods

# Below that many grey levels a filter takes more than it gives.
LEAST = 0.5
# Side of the part that is looked at for noise.
MOST = 1024
FLAT_SHARE = 0.3
# Answers to edges and slopes with nothing, to noise of deviation 1 with 1.
SECOND_DIFFERENCE = np.outer([1, -2, 1], [1, -2, 1]).astype("float32") / 6.0
# Half of normal numbers lie within this many deviations.
MEDIAN_DEVIATION = 0.6745


def denoise(picture, sigma=None, method="non-local-means"):
    """Takes away noise.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        sigma: optional float, standard deviation of the noise in grey levels
            of 255. By default it is estimated from the picture.
        method: str. `"non-local-means"` averages patches that look alike,
            searched within 6 pixels (`skimage.restoration.denoise_nl_means`);
            `"bilateral"` averages near pixels of near colour
            (`cv2.bilateralFilter`); `"median"` takes that of 3 x 3 pixels, or
            of 5 x 5 from `sigma` 20 on (`cv2.medianBlur`).

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Buades et al., 2005](https://doi.org/10.1109/CVPR.2005.38)
    - [Tomasi and Manduchi, 1998](https://doi.org/10.1109/ICCV.1998.710815)
    """
    methods.check_positive(sigma=sigma)
    function = methods.chosen(method, METHODS)
    return methods.applied(function, picture, sigma=sigma)


def estimated_sigma(colors):
    """Standard deviation of the noise in the middle of a picture.

    As `metrics.noise_level`, but by OpenCV: that would take longer than the
    filter. Edges and what is black or white is left out.

    Args:
        colors: float32 array `(height, width, 3)`, 0-255.

    Reference:
    - [Immerkaer, 1996](https://doi.org/10.1006/cviu.1996.0060), the filter
    """
    height, width = colors.shape[:2]
    if min(height, width) < 16:
        return 0.0
    top, left = max(0, height - MOST) // 2, max(0, width - MOST) // 2
    middle = colors[top : top + MOST, left : left + MOST]
    residual = abs(cv2.filter2D(middle, -1, SECOND_DIFFERENCE))
    level = cv2.blur(middle, (3, 3))
    slope = abs(cv2.Sobel(level, -1, 1, 0)) + abs(cv2.Sobel(level, -1, 0, 1))
    sigma = np.median(residual) / MEDIAN_DEVIATION
    for _ in range(2):
        free = (level > 1.5 * sigma) & (level < 255.0 - 1.5 * sigma)
        if not free.any():
            return 0.0
        flat = free & (slope <= np.quantile(slope[free], FLAT_SHARE))
        sigma = np.median(residual[flat]) / MEDIAN_DEVIATION
    return float(sigma)


def non_local_means(colors, sigma=None):
    return _of_noise(
        lambda larger, sigma: methods.smoothed_by_likeness(
            larger, 0.6 * sigma, sigma
        ),
        colors,
        sigma,
    )


def bilateral(colors, sigma=None):
    return _of_noise(
        lambda larger, sigma: cv2.bilateralFilter(larger, 9, 4.0 * sigma, 2.0),
        colors,
        sigma,
    )


def median(colors, sigma=None):
    def filtered(larger, sigma):
        side = 3 if sigma < 20.0 else 5
        return cv2.medianBlur(methods.as_levels(larger), side)

    return _of_noise(filtered, colors, sigma)


def _of_noise(filtered, colors, sigma):
    sigma = estimated_sigma(colors) if sigma is None else float(sigma)
    if sigma < LEAST:
        return colors
    return methods.with_border(lambda larger: filtered(larger, sigma), colors)


METHODS = {
    "non-local-means": non_local_means,
    "bilateral": bilateral,
    "median": median,
}
