"""Where the product of a photo is, and how sure that is."""

import numpy as np

from keras_productgen import editing
from keras_productgen.editing.product_mask import soft_mask
from keras_productgen.images.kinds import split
from keras_productgen.pipeline.product_verdicts import LEAST_COVER
from keras_productgen.pipeline.product_verdicts import MOST_COVER


def find_mask(photo, mask, styles_alone):
    """Returns how much of each pixel is product, and how sure that is."""
    colors, alpha = split(photo)
    if mask is None and alpha is None:
        found = editing.find_matte(photo)
        if not found.mask.any() and styles_alone:  # They change all of it.
            return np.ones(photo.shape[:2], "float32"), 0.0
        found.check_product("photo")
        whole = LEAST_COVER <= found.mask.mean() <= MOST_COVER
        # What fills the photo, or is dust, is no product with an outline.
        confidence = found.confidence if whole else 0.0
        return soft_mask(colors, found.mask), confidence
    return soft_mask(colors, alpha if mask is None else mask), 1.0
