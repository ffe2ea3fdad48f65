"""Where the product is."""

import dataclasses
import functools

import cv2
import numpy as np

from keras_productgen.data.annotations import find_foreground
from keras_productgen.editing.matte.holes import LEAST
from keras_productgen.editing.matte.holes import Holes
from keras_productgen.editing.matte.holes import find_holes
from keras_productgen.publishing.rules import faint
from keras_productgen.publishing.rules import plain

# Less than this share of the picture is dust.
DUST = 0.0005
# Parts so large, as a share of the largest, are products of their own.
LARGE_PART = 0.1
# Two ways of looking must agree so far where the backdrop is not plain; so far,
# and a guess may be cut out: of those, a few are wrong all the same.
AGREEMENT, GOOD_GUESS = 0.8, 0.9
GUESS, PLAIN = "GrabCut", "plain backdrop"
FAINT = "fainter parts with a crisp outline may be more of it"
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
        enclosed: optional bool array `(height, width)`, parts of the mask that
            may be holes.
        beside: optional bool array `(height, width)`, parts beside the mask
            that may be product.
    """

    mask: np.ndarray
    sure: bool
    how: str
    agreement: float = 1.0
    backdrop: np.ndarray | None = None
    enclosed: np.ndarray | None = None
    beside: np.ndarray | None = None

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
        """Whether its backdrop is not plain."""
        return self.how == GUESS

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

    @property
    def boxes_beside(self):
        """The box around what may be product, too, where there is any."""
        if self.beside is None or not self.beside.any():
            return []
        return [list(cv2.boundingRect(self.beside.astype("uint8")))]

    @functools.cached_property
    def part_boxes(self):
        """Boxes of the parts that are products of their own."""
        return [box for _, box in self._parts.large]

    @functools.cached_property
    def _parts(self):
        return _parts(self.mask)


def given(mask, enclosed=None):
    """The `Product` of a user's mask; `enclosed` as of `Product`."""
    mask = np.ascontiguousarray(mask, bool)
    return Product(mask, True, "your mask", enclosed=enclosed)


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
    inner = border.inner(colors.shape[:2])
    found = _find(colors[inner])
    whole = {}
    for name in ("mask", "enclosed", "beside"):
        if getattr(found, name) is not None:
            whole[name] = np.zeros(colors.shape[:2], bool)
            whole[name][inner] = getattr(found, name)
    return dataclasses.replace(found, **whole)


def _find(colors):
    if min(colors.shape[:2]) < 8:
        none = np.zeros(colors.shape[:2], bool)
        return Product(none, False, "too small to look for it")
    found = before_plain(colors)
    if found is not None:
        return found
    found = find_foreground(colors)
    agreement = float(found.confidence)
    sure = agreement >= AGREEMENT and not found.mask.all()
    holes = find_holes(colors, found.mask)
    mask = found.mask & ~holes.sure
    return Product(mask, sure, GUESS, agreement, None, holes.doubtful)


def before_plain(colors):
    """The `Product` before a plain backdrop; None before another.

    Args:
        colors: uint8 array `(height, width, 3)`.
    """
    backdrop = plain.plain_color(colors)
    if backdrop is None:
        return None
    mask = plain.unlike(colors, backdrop)
    if mask.mean() < DUST:
        mask[:] = False
    beside = faint.faint_parts(colors, backdrop, mask, plain.REACH)
    sure = not beside.any()
    holes = _holes(colors, mask, plain.alike(colors, backdrop))
    mask &= ~plain.alike_near(colors, backdrop, holes.sure)
    how = PLAIN if sure else FAINT
    return Product(mask, sure, how, 1.0, backdrop, holes.doubtful, beside)


def _holes(colors, mask, alike):
    """`Holes`, looked for where there may be any."""
    if np.count_nonzero(mask & alike) < LEAST * mask.size:
        return Holes(*np.zeros((2, *mask.shape), bool))
    return find_holes(colors, mask)


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
