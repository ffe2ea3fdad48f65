"""The colour of the product in a picture, without knowing where it is."""

import cv2
import numpy as np
from skimage import color

# Neighbouring tones of a background differ by less, in CIE76.
LEAST_DIFFERENCE = 6.0
PLAUSIBLE_AREA = (0.02, 0.95)


def estimated_mask(image):
    """Returns where a picture differs from the colour of its border.

    Right for products on an even background; on a cluttered one it is a guess.

    Args:
        image: uint8 `(height, width, 3)`.

    Returns:
        bool `(height, width)`.
    """
    lab = color.rgb2lab(image)
    edge = max(1, round(min(image.shape[:2]) / 32))
    inner = (slice(edge, -edge), slice(edge, -edge))
    is_border = np.ones(image.shape[:2], bool)
    is_border[inner] = False
    background = np.median(lab[is_border], axis=0)
    difference = np.linalg.norm(lab - background, axis=-1)
    scaled = np.clip(difference * 2.0, 0, 255).astype("uint8")
    threshold, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_OTSU)
    return difference > max(threshold / 2.0, LEAST_DIFFERENCE)


def product_color(image):
    """Returns the median sRGB colour of the product, in `[0, 1]`.

    Not a number where the estimated mask covers next to nothing or nearly
    all of the picture.

    Args:
        image: uint8 `(height, width, 3)`.
    """
    mask = estimated_mask(image)
    least, most = PLAUSIBLE_AREA
    if not least <= mask.mean() <= most:
        return np.full(3, np.nan)
    return np.median(image[mask], axis=0) / 255.0


def color_difference(colors, others):
    """CIEDE2000 between sRGB colours in `[0, 1]`, `(..., 3)`.

    Around 2 is the smallest difference one sees; black and white are 100 apart.

    Reference:
    - [Sharma et al., 2005](https://doi.org/10.1002/col.20070)
    """
    return color.deltaE_ciede2000(color.rgb2lab(colors), color.rgb2lab(others))
