"""The colour of the product in a picture, without knowing where it is."""

import numpy as np
from skimage import color

from keras_productgen.similarity.product_views import (
    estimated_mask as estimated_mask,
)

PLAUSIBLE_AREA = (0.02, 0.95)


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
