"""What corrections did to the product's colours: measured, and bounded."""

import dataclasses

import cv2
import numpy as np
from skimage.color import deltaE_ciede2000

from keras_productgen import editing
from keras_productgen.editing import light as lights
from keras_productgen.pipeline.quality_gate.candidate import small_of
from keras_productgen.pipeline.studio_shot import one_light

# So much around the product is compared as well, as a share of its box: what
# is painted over at its edge is no product any more.
MARGIN = 0.25
# Pictures are smoothed with this deviation, in pixels of 256: noise, blocks and
# blur that were taken out are no change then.
SMOOTH = 3.0
# A place is changed where it moved farther than one change of the light
# explains. `benchmarks/studio_proofs.py` has the measurements, of 16 photos of
# clothes. Honest corrections (noise, JPEG, blur, shaking, darkness, a cast,
# several of these and none, mended by networks; 304): the largest part was
# 0.0147 of the product, for JPEG of quality 6 by `jpeg`, at most 0.0024 for
# noise of 45 levels, 0 for most; relit from three sides (48), 0.0017. Blocks
# painted on, of 0.02, 0.05 and 0.25 of the product, were found in
#            restore           relight
#   red      16 16 16 of 16    16 16 16
#   a tint    6 14 16           8 14 16
#   darker   10 10 16           7  9  8
# A block of half the light may be a shadow, to relighting.
FAR, MOST_PART = 10.0, 0.015
# Parts this small are not told from chance, in pixels of 256.
LEAST_PART = 20
# Mean CIEDE2000 that all corrections together may come to, the light included.
# The largest of those was 19.9, for a cast that `color` took out, but for
# `low_light`, up to 48: much more light than that is another colour to a buyer.
MOST_MEAN = 20.0
_OFFSET = np.array([lights.OFFSET, 0.0, 0.0], "float32")


@dataclasses.dataclass(frozen=True)
class Correction:
    """How far a correction moved the product's colours; plain values.

    Both pictures are seen at no more than 256 pixels, and smoothed.

    Args:
        product_pixels: int, of the product as it was seen.
        mean_ciede2000: float, mean over the product, the light included.
        worst_ciede2000: float, of the place that moved farthest, beyond what
            one change of the light explains.
        largest_part: float, the largest connected part that moved so by more
            than `FAR`, as a share of the product.
        max_mean: float, the bound of `mean_ciede2000`.
        max_part: float, the bound of `largest_part`.
    """

    product_pixels: int
    mean_ciede2000: float
    worst_ciede2000: float
    largest_part: float
    max_mean: float
    max_part: float

    @property
    def holds(self):
        """Whether the product's colours stayed within both bounds."""
        small = self.largest_part <= self.max_part
        return small and self.mean_ciede2000 <= self.max_mean

    def to_dict(self):
        return dataclasses.asdict(self) | {"holds": self.holds}

    def __str__(self):
        return (
            f"CIEDE2000 {self.mean_ciede2000:.1f} in the mean; beyond the "
            f"light, a part of {self.largest_part:.1%} of the product by more "
            f"than {FAR:g}, the worst by {self.worst_ciede2000:.1f}"
        )

    @property
    def wanted(self):
        """The bounds, in words."""
        return (
            f"at most {self.max_mean:g} in the mean, and a part of at most "
            f"{self.max_part:.1%}"
        )


def of_restoring(photo, mended, alpha, own=None):
    """Compares a photo with what a restoration made of it.

    What surrounds the product is compared, too: nothing may be drawn beside
    it, nor painted over. The light may change as exposure, gamma and balance
    change it.

    Args:
        photo: uint8 array `(height, width, 3)`.
        mended: uint8 array of that shape.
        alpha: uint8 array `(height, width)`, the product in `mended`.
        own: optional uint8 array, the transparency that the photo came with.

    Returns:
        `Correction`.
    """
    seen = np.full_like(alpha, 255) if own is None else own
    top, left, bottom, right = editing.product_box(photo, alpha, MARGIN)
    photo, mended, alpha, seen = (
        small_of(np.ascontiguousarray(each[top:bottom, left:right]))
        for each in (photo, mended, alpha, seen)
    )
    before, after, weights = _smooth(photo, mended, seen)
    expected = one_light.fitted(before, after, weights)
    return _measured(before, expected, after, alpha, weights)


def of_lighting(cutout, lit):
    """Compares a cutout with itself in another light, RGBA both.

    The light may change as in `of_restoring`, and fall unevenly, as long as it
    has one colour and no edges.

    Returns:
        `Correction`.
    """
    top, left, bottom, right = editing.product_box(cutout, cutout[..., 3])
    cutout, lit = (
        small_of(np.ascontiguousarray(each[top:bottom, left:right]))
        for each in (cutout, lit)
    )
    alpha = cutout[..., 3]
    before, after, weights = _smooth(cutout[..., :3], lit[..., :3], alpha)
    expected = one_light.fitted(before, after, weights)
    expected = one_light.shaded(expected, after, weights)
    return _measured(before, expected, after, alpha, weights)


def _smooth(before, after, seen):
    """Both pictures without detail, float32, and where they can be seen."""
    weights = (seen >= 128).astype("float32")
    before, after = (
        one_light.blurred(each, weights, SMOOTH) for each in (before, after)
    )
    return before, after, weights


def _measured(before, expected, after, alpha, weights):
    product = (alpha >= 128) & (weights > 0.0)
    # A product may be too thin to be seen so small.
    product = product if product.any() else weights > 0.0
    after = _lab(after)
    moved = deltaE_ciede2000(_lab(before), after)
    beyond = deltaE_ciede2000(_lab(expected), after) * weights
    pixels = int(product.sum())
    return Correction(
        product_pixels=pixels,
        mean_ciede2000=float(moved[product].mean()),
        worst_ciede2000=float(beyond.max()),
        largest_part=_largest(beyond > FAR) / pixels,
        max_mean=MOST_MEAN,
        max_part=max(MOST_PART, LEAST_PART / pixels),
    )


def _largest(mask):
    """Pixels of the largest connected part."""
    found = cv2.connectedComponentsWithStats(mask.astype("uint8"))[2]
    return int(found[1:, cv2.CC_STAT_AREA].max(initial=0))


def _lab(colors):
    return lights.from_rgb(colors / np.float32(255.0)) - _OFFSET
