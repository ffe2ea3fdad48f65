"""Where the product is."""

import dataclasses
import functools

import cv2
import numpy as np

from keras_productgen.data.annotations import find_foreground
from keras_productgen.publishing.rules import plain

# A plain backdrop: on two sides so much of the rim lies so near, in levels, to
# its median. The others a product may touch.
PLAIN_SHARE, PLAIN_REACH = 0.985, 14
# Less than this share of the picture is dust.
DUST = 0.0005
# Parts so large, as a share of the largest, are products of their own.
LARGE_PART = 0.1
# Two ways of looking must agree so far where the backdrop is not plain.
AGREEMENT = 0.8
# From here on a guess may be cut out; of those, a few are wrong all the same.
GOOD_GUESS = 0.9
# Transparency of less than this share of the picture is no matte.
LEAST_CLEAR = 0.005
# Less of its convex hull is but the dark parts of something.
LEAST_SOLID = 0.5


@dataclasses.dataclass(frozen=True)
class Product:
    """Where a product was found.

    Args:
        mask: bool array `(height, width)`; empty where none was found.
        sure: bool, whether what is measured by the mask can be relied on.
        how: str, in words.
        agreement: float, how far two ways of looking agree, in `[0, 1]`; 1
            where it is no guess.
        backdrop: optional uint8 array `(3,)`, the colour of a plain backdrop.
    """

    mask: np.ndarray
    sure: bool
    how: str
    agreement: float = 1.0
    backdrop: np.ndarray | None = None

    @functools.cached_property
    def main(self):
        """The mask's large parts, without letters and dust."""
        if len(self._parts.large) == self._parts.count:
            return self.mask
        kept = np.zeros(self._parts.count + 1, bool)
        kept[[label for label, _ in self._parts.large]] = True
        return kept[self._parts.labels]

    @property
    def found(self):
        return bool(self.mask.any())

    @property
    def guessed(self):
        """Whether it was told from a backdrop that is not plain."""
        return self.how == "GrabCut"

    @property
    def good_guess(self):
        """Whether it may be cut out: known for sure, or whole and agreed on."""
        if not (self.found and self.sure):
            return False
        # Stripes of the backdrop's colour are the common mistake.
        whole = len(self.part_boxes) == 1 and self._solidity() >= LEAST_SOLID
        return not self.guessed or (whole and self.agreement >= GOOD_GUESS)

    def _solidity(self):
        """Its area as a share of that of its convex hull."""
        rows, columns = np.nonzero(self.main)
        hull = cv2.convexHull(np.column_stack([columns, rows]).astype("int32"))
        return float(self.main.sum() / max(1.0, cv2.contourArea(hull)))

    @functools.cached_property
    def box(self):
        """`[x, y, width, height]` of its large parts."""
        return list(cv2.boundingRect(self.main.astype("uint8")))

    @functools.cached_property
    def part_boxes(self):
        """Boxes of the parts that are products of their own."""
        return [box for _, box in self._parts.large]

    @functools.cached_property
    def _parts(self):
        return _parts(self.mask)


def given(mask):
    """The `Product` of a user's mask."""
    return Product(np.ascontiguousarray(mask, bool), True, "your mask")


def is_matte(alpha):
    """Whether an alpha channel, uint8, leaves out enough to be a matte."""
    return bool((alpha < 128).mean() >= LEAST_CLEAR)


def find(colors, alpha, border):
    """Looks for the product: by transparency, backdrop, or GrabCut.

    Args:
        colors: uint8 array `(height, width, 3)`.
        alpha: optional uint8 array `(height, width)`.
        border: `frame.Border`; what is outside of it is no product.
    """
    if alpha is not None and is_matte(alpha):
        return Product(alpha >= 128, True, "transparency")
    rows, columns = border.inner(colors.shape[:2])
    inner = colors[rows, columns]
    found = _find(inner)
    whole = np.zeros(colors.shape[:2], bool)
    whole[rows, columns] = found.mask
    return dataclasses.replace(found, mask=whole)


def _find(colors):
    if min(colors.shape[:2]) < 8:
        none = np.zeros(colors.shape[:2], bool)
        return Product(none, False, "too small to look for it")
    found = before_plain(colors)
    if found is not None:
        return found
    found = find_foreground(colors)
    sure = found.confidence >= AGREEMENT and not found.mask.all()
    return Product(found.mask, sure, "GrabCut", float(found.confidence))


def before_plain(colors):
    """The `Product` before a plain backdrop; None before another.

    Args:
        colors: uint8 array `(height, width, 3)`.
    """
    backdrop = _plain_color(colors)
    if backdrop is None:
        return None
    mask = plain.unlike(colors, backdrop, PLAIN_REACH)
    if mask.mean() < DUST:
        mask[:] = False
    return Product(mask, True, "plain backdrop", 1.0, backdrop)


def _plain_color(colors):
    """The colour of a plain backdrop, or None."""
    width = max(1, round(0.015 * min(colors.shape[:2])))
    sides = [
        strip.reshape(-1, 3).astype("int16")
        for strip in (
            colors[:width],
            colors[-width:],
            colors[:, :width],
            colors[:, -width:],
        )
    ]
    median = np.median(np.concatenate(sides), axis=0)
    shares = [
        (np.abs(side - median).max(axis=1) <= PLAIN_REACH).mean()
        for side in sides
    ]
    if sorted(shares)[2] < PLAIN_SHARE:
        return None
    return median.astype("uint8")


@dataclasses.dataclass(frozen=True)
class _Parts:
    labels: np.ndarray
    count: int
    large: list


def _parts(mask):
    """Connected parts; `large` has `(label, box)` of products."""
    count, labels, facts, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(mask).view("uint8"), connectivity=8
    )
    areas = facts[1:, cv2.CC_STAT_AREA]
    large = 1 + np.flatnonzero(areas >= LARGE_PART * areas.max(initial=0))
    boxes = [(label, facts[label, :4].tolist()) for label in large]
    return _Parts(labels, count - 1, boxes)
