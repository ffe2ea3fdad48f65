"""The colours of a product."""

import dataclasses

import cv2
import numpy as np
from skimage.color import deltaE_ciede2000

from keras_productgen.data.annotations.color_names import hexadecimal
from keras_productgen.data.annotations.color_names import name_of
from keras_productgen.data.annotations.color_names import to_lab
from keras_productgen.data.annotations.color_names import to_rgb

NUM_PIXELS = 4000
# Colours that differ less, by CIEDE2000, count as one.
ALIKE = 12.0
# Smaller parts are buttons, folds and edges.
SMALLEST_SHARE = 0.05


@dataclasses.dataclass(frozen=True)
class DominantColor:
    """One of a product's colours.

    Args:
        rgb: sRGB, three ints 0-255.
        share: Of the product's pixels, in [0, 1].
        name: English name of the nearest colour.
        name_zh: Chinese name of the nearest colour.
    """

    rgb: tuple[int, int, int]
    share: float
    name: str
    name_zh: str

    @property
    def code(self):
        """As `#rrggbb`."""
        return hexadecimal(self.rgb)


def dominant_colors(image, mask=None, max_colors=5):
    """Finds the colours of a product: k-means in CIELAB within its mask.

    Args:
        image: uint8 (height, width, 3), RGB.
        mask: optional bool (height, width) of the product. Defaults to the
            whole picture.
        max_colors: int >= 1. Fewer come back where they are alike.

    Returns:
        List of `DominantColor`, the largest share first.

    Raises:
        ValueError: If `max_colors` is below 1, or the sizes differ.
    """
    if max_colors < 1:
        raise ValueError(
            f"`max_colors` must be at least 1. Received: {max_colors=}"
        )
    mask = np.ones(image.shape[:2], bool) if mask is None else mask
    if mask.shape != image.shape[:2]:
        raise ValueError(
            f"`mask` must be as large as the image, {image.shape[:2]}. "
            f"Received: mask.shape={mask.shape}"
        )
    lab = to_lab(_pixels(image, _inside(mask))).astype("float32")
    centers, labels = _clusters(lab, max_colors)
    counts = np.bincount(labels, minlength=len(centers)).astype("float64")
    centers, counts = _merged(centers, counts)
    shares = counts / counts.sum()
    order = [i for i in np.argsort(-shares) if shares[i] >= SMALLEST_SHARE]
    return [_named(centers[index], shares[index]) for index in order]


def _inside(mask):
    """The mask without its edge, where colours mix with the backdrop's."""
    if not mask.any():
        return np.ones_like(mask)
    reach = max(1, round(0.01 * max(mask.shape)))
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    eroded = cv2.erode(mask.astype("uint8"), kernel, borderValue=0) > 0
    return eroded if eroded.sum() >= 0.3 * mask.sum() else mask


def _pixels(image, mask):
    pixels = image[mask]
    step = max(1, len(pixels) // NUM_PIXELS)
    return pixels[::step]


def _clusters(lab, count):
    count = min(count, len(lab))
    if count == 1:
        return lab.mean(0, keepdims=True), np.zeros(len(lab), int)
    cv2.setRNGSeed(0)
    ends = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.2)
    _, labels, centers = cv2.kmeans(
        lab, count, None, ends, 2, cv2.KMEANS_PP_CENTERS
    )
    return centers, labels.ravel()


def _merged(centers, counts):
    """Joins the two most alike in turn, until all differ."""
    centers, counts = centers[counts > 0], counts[counts > 0]
    while len(centers) > 1:
        distances = deltaE_ciede2000(centers[:, None], centers[None])
        np.fill_diagonal(distances, np.inf)
        one, other = np.unravel_index(distances.argmin(), distances.shape)
        if distances[one, other] >= ALIKE:
            break
        both = counts[one] + counts[other]
        centers[one] = (
            centers[one] * counts[one] + centers[other] * counts[other]
        ) / both
        counts[one] = both
        centers = np.delete(centers, other, 0)
        counts = np.delete(counts, other)
    return centers, counts


def _named(lab, share):
    rgb = tuple(map(int, to_rgb(lab)))
    return DominantColor(rgb, round(float(share), 4), *name_of(rgb))
