"""Whether a product that was turned or bent still has its colours."""

import dataclasses

import numpy as np
from scipy.ndimage import gaussian_filter
from skimage.color import deltaE_ciede2000

from keras_productgen import editing
from keras_productgen import images
from keras_productgen.editing import light as lights

# Products are compared at the size at which they have so many pixels, squared:
# fine patterns would be mixed in the smaller of two.
SIDE = 72.0
# Colours are counted in cubes of L*a*b*, and shared with those beside them:
# sampling a product anew moves colours a little.
CUBE = 6.0
LOW, HIGH = (0.0, -108.0, -108.0), (102.0, 108.0, 108.0)
_OFFSET = np.array([lights.OFFSET, 0.0, 0.0], "float32")
# `benchmarks/studio_proofs.py`, of 16 photos of clothes turned, halved, doubled
# and put into another perspective (80): at most 0.048 moved, the mean by 0.6;
# stronger perspectives gave 0.058 and 1.1. Blocks of 0.05, 0.1 and 0.25 of the
# product were found in 13, 16 and 16 of 16 in red, in 0, 12 and 16 of a tint,
# in 0, 8 and 14 darker.
MOST_SHARE, MOST_MEAN = 0.06, 2.0


@dataclasses.dataclass(frozen=True)
class ColorsKept:
    """How many of a product's colours another picture of it has; plain values.

    Where the product was turned or bent, no pixel lies where it lay: what is
    compared is how much of the product has which colour.

    Args:
        product_pixels: int, of the product as it was seen, before.
        mean_ciede2000: float, between the mean colours.
        moved_share: float, the share of the product whose colours the other
            has not.
        max_mean: float, the bound of `mean_ciede2000`.
        max_share: float, the bound of `moved_share`.
    """

    product_pixels: int
    mean_ciede2000: float
    moved_share: float
    max_mean: float
    max_share: float

    @property
    def holds(self):
        """Whether the colours are the same, within both bounds."""
        within = self.moved_share <= self.max_share
        return within and self.mean_ciede2000 <= self.max_mean

    def to_dict(self):
        return dataclasses.asdict(self) | {"holds": self.holds}

    def __str__(self):
        return (
            f"CIEDE2000 {self.mean_ciede2000:.1f} between the mean colours; "
            f"other colours on {self.moved_share:.1%} of the product"
        )

    @property
    def wanted(self):
        """The bounds, in words."""
        return f"at most {self.max_mean:g} and {self.max_share:.0%}"


def compared(before, after):
    """Compares the colours of two cutouts of one product.

    Args:
        before: uint8 array `(height, width, 4)`.
        after: uint8 array `(height, width, 4)`, of any other size.

    Returns:
        `ColorsKept`.
    """
    old, new = map(_colors, (before, after))
    means = [each.mean(0) for each in (old, new)]
    return ColorsKept(
        product_pixels=len(old),
        mean_ciede2000=float(deltaE_ciede2000(*means)),
        moved_share=float(np.abs(_shares(old) - _shares(new)).sum() / 2.0),
        max_mean=MOST_MEAN,
        max_share=MOST_SHARE,
    )


def _colors(cutout):
    """L*a*b* of the product's pixels, of one size, float32 `(n, 3)`."""
    cutout = editing.crop_to_product(cutout, margin=0.0)
    scale = SIDE / np.sqrt((cutout[..., 3] >= 128).sum())
    if scale < 1.0:
        size = tuple(max(1, round(s * scale)) for s in cutout.shape[:2])
        cutout = images.resize(cutout, size, "stretch")
    solid = cutout[..., 3] == 255
    # A product may be too thin to be solid when it is seen so small.
    solid = solid if solid.any() else cutout[..., 3] == cutout[..., 3].max()
    return lights.from_rgb(cutout[solid][:, :3]) - _OFFSET


def _shares(colors):
    cubes = [int((high - low) / CUBE) for low, high in zip(LOW, HIGH)]
    counts, _ = np.histogramdd(colors, cubes, list(zip(LOW, HIGH)))
    return gaussian_filter(counts, 1.0, mode="nearest") / len(colors)
