"""Masks with soft edges, from whatever a user has."""

import cv2
import numpy as np

from keras_productgen.editing import light
from keras_productgen.editing.checks import checked_mask

# The edge of a mask that only says yes or no is looked for this far from it,
# as a share of the longer side.
REACH = 0.012
# Backdrops less different from the product, in CIELAB, say nothing.
LEAST_CONTRAST = 12.0
NOISE = 0.12
# From this difference of chroma on, a tint is told from the backdrop.
COLORFUL = 20.0


def check_image(image):
    """Refuses what is no uint8 picture, RGB or RGBA."""
    image = np.asarray(image)
    fits = image.ndim == 3 and image.shape[-1] in (3, 4) and image.size
    if image.dtype != np.uint8 or not fits:
        raise ValueError(
            "`image` must be uint8 of shape (height, width, 3), or 4 with an "
            f"alpha channel. Received: image of dtype {image.dtype} and shape "
            f"{image.shape}"
        )
    return image


def matte_in(image):
    """The alpha channel of a picture, or None where it hides nothing."""
    if image.shape[-1] == 3 or image[..., 3].min() == 255:
        return None
    return image[..., 3]


def soft_mask(image, mask):
    """Returns how much of each pixel is product, float32 in `[0, 1]`.

    Args:
        image: uint8 `(height, width, 3)`.
        mask: array `(height, width)`: bool, uint8 0-255, or floats in
            `[0, 1]`. One that only says yes or no gets soft edges, where the
            colours change.

    Raises:
        ValueError: if the mask has another size or other values, or is empty.
    """
    mask = checked_mask(mask, image.shape[:2])
    if mask.max(initial=0.0) < 0.5:
        raise ValueError(
            "`mask` must hold a product: some of it must be at least half "
            f"covered. Received: a mask with a maximum of {mask.max():g}"
        )
    if np.isin(mask, (0.0, 1.0)).all() and mask.min() < 0.5:
        return _softened(image, mask)
    return mask


def mask_of_cutout(alpha):
    """Where a cut-out is seen, and so far beyond that its edge is no edge.

    The colours of a cut-out are its own up to the edge and past it, as
    `images.kinds.split` gives them: no backdrop is mixed in.

    Args:
        alpha: uint8 `(height, width)`.

    Returns:
        bool `(height, width)`.
    """
    kernel = disc(2 * edge_reach(alpha.shape))
    return cv2.dilate((alpha > 0).astype("uint8"), kernel) > 0


def inside(mask, reach=2):
    """Where a soft mask is whole, away from its edge; bool."""
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    solid = (mask > 0.98).astype("uint8")
    eroded = cv2.erode(solid, kernel, borderValue=1).astype(bool)
    return eroded if eroded.sum() >= 0.3 * (mask >= 0.5).sum() else mask >= 0.5


def _softened(image, mask):
    """The mask drawn to the edges of the picture.

    Near its edge a pixel counts as product by where its colour lies on the way
    from the colours around that are surely backdrop to those that are surely
    product.
    """
    reach = edge_reach(mask.shape)
    kernel = disc(reach)
    sure = cv2.erode(mask, kernel, borderValue=1.0)
    never = 1.0 - cv2.dilate(mask, kernel, borderValue=0.0)
    pixels = light.from_rgb(image)
    product, is_product = around(pixels, sure, reach)
    backdrop, is_backdrop = around(pixels, never, reach)
    way = product - backdrop
    length = (way * way).sum(axis=-1)
    part = ((pixels - backdrop) * way).sum(axis=-1) / np.maximum(length, 1.0)
    # What noise reaches is the one or the other.
    part = np.clip((part - NOISE) / (1.0 - 2.0 * NOISE), 0.0, 1.0)
    told = is_product & is_backdrop & (length > LEAST_CONTRAST**2)
    soft = np.where(told, part, cv2.GaussianBlur(mask, (0, 0), 0.7))
    return np.where(sure + never > 0.0, mask, soft).astype("float32")


def tinted(pixels, mask, solid, color):
    """How far the product's colour reaches, beyond its mask too.

    Files and lenses spread colours wider than brightness, and a product throws
    its colour on what is close by.

    Args:
        pixels: float32 `(height, width, 3)`, as `light.from_rgb` has it.
        mask: float32 `(height, width)`.
        solid: bool `(height, width)`, where there is nothing but product.
        color: float32 `(3,)`, the main colour of the product.

    Returns:
        float32 `(height, width)`; the mask itself where the colours of product
        and backdrop are too much alike to tell.
    """
    reach = edge_reach(mask.shape)
    zone = cv2.dilate(mask, disc(2 * reach), borderValue=0.0)
    never = 1.0 - (cv2.dilate(zone, disc(reach), borderValue=0.0) > 0.0)
    backdrop, known = around(pixels, never.astype("float32"), 2 * reach)
    way = color[1:] - backdrop[..., 1:]
    length = (way * way).sum(axis=-1)
    part = ((pixels - backdrop)[..., 1:] * way).sum(axis=-1)
    part = np.clip((part / np.maximum(length, 1.0) - 0.05) / 0.9, 0.0, 1.0)
    told = known & (length > COLORFUL**2) & ~solid
    return np.where(told, part * zone, mask).astype("float32")


def edge_reach(size):
    """Pixels from the edge of a mask to where it surely holds."""
    return max(1, round(REACH * max(size)))


def disc(reach):
    """A kernel for dilating and eroding by so many pixels, uint8."""
    size = (2 * reach + 1, 2 * reach + 1)
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, size)


def around(pixels, weights, reach):
    """Mean of the weighted pixels around each, and where there are any.

    Args:
        pixels: float32 `(height, width, 3)`.
        weights: float32 `(height, width)`.
        reach: int, pixels; it is looked three times as far.
    """
    size = (6 * reach + 1, 6 * reach + 1)
    total = cv2.blur(weights, size)
    mean = cv2.blur(pixels * weights[..., None], size)
    return mean / np.maximum(total, 1e-6)[..., None], total > 1e-4
