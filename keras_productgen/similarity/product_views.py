"""The product of a picture by itself, whatever is behind it."""

import cv2
import numpy as np
from skimage import color

# Neighbouring tones of a background differ by less, in CIE76.
LEAST_DIFFERENCE = 6.0
SIDE = 64
# Of a product that fills less of the picture, nothing is known.
LEAST_AREA = 0.01
# Grey levels that show one standard deviation of lightness, how many are
# shown, and the least that counts as one, in levels of lightness.
CONTRAST, DEVIATIONS, LEAST_DEVIATION = 28.0, 4.0, 4.0


def product_views(images):
    """Returns products alone: outline and folds, as large as the picture.

    Neither the backdrop, the place in the picture nor the colour is in them, so
    features of two views differ where the products do. The product is told from
    an even background as by `product_area`.

    Args:
        images: uint8 array `(num_images, height, width, 3)`.

    Returns:
        uint8 array `(num_images, 64, 64, 3)`, grey on white; all grey where no
        product was found.
    """
    return np.stack([_product_view(image) for image in images])


def product_area(image):
    """Returns where the product is, without holes.

    Parts of a product that are like the backdrop, such as stripes, belong to
    it; lines of the backdrop, as wood has them, do not.

    Args:
        image: uint8 `(height, width, 3)`.

    Returns:
        bool `(height, width)`, one connected part; empty if there is none.
    """
    mask = estimated_mask(image).astype("uint8")
    reach = max(1, round(min(mask.shape) / 24))
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    mask = cv2.copyMakeBorder(mask, *[2 * reach] * 4, cv2.BORDER_CONSTANT)
    mask = _filled(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel[:3, :3])
    return _filled(mask)[2 * reach : -2 * reach, 2 * reach : -2 * reach] > 0


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


def _filled(mask):
    """The largest part of a mask with its holes filled, uint8."""
    outlines, _ = cv2.findContours(
        mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    filled = np.zeros_like(mask)
    if outlines:
        largest = max(outlines, key=cv2.contourArea)
        cv2.drawContours(filled, [largest], -1, 1, cv2.FILLED)
    return filled


def _product_view(image):
    area = product_area(image)
    if area.mean() < LEAST_AREA:
        return np.full((SIDE, SIDE, 3), 128, "uint8")
    grey = np.where(area, _in_deviations(image, area), 255.0)
    grey = _squared(grey.astype("float32"), area)
    grey = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.repeat(grey.round().astype("uint8")[..., None], 3, axis=-1)


def _in_deviations(image, area):
    lightness = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)[..., 0].astype("float64")
    middle = np.median(lightness[area])
    deviation = max(lightness[area].std(), LEAST_DEVIATION)
    lightness = (lightness - middle) / deviation
    return 128.0 + CONTRAST * np.clip(lightness, -DEVIATIONS, DEVIATIONS)


def _squared(grey, area):
    """The part that the product takes, white around it to make a square."""
    rows, columns = (np.flatnonzero(area.any(axis)) for axis in (1, 0))
    part = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = part.shape
    side = max(height, width)
    square = np.full((side, side), 255.0, "float32")
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = part
    return square
