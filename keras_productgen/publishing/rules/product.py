"""Where the product is."""

import dataclasses
import functools

import cv2
import numpy as np

from keras_productgen.data.annotations import find_foreground

# A plain backdrop: so much of the rim lies so near, in levels, to its median.
PLAIN_SHARE, PLAIN_REACH = 0.85, 14
# Less than this share of the picture is dust.
DUST = 0.0005
# Parts so large, as a share of the largest, are products of their own.
LARGE_PART = 0.1
# Two ways of looking must agree so far where the backdrop is not plain.
AGREEMENT = 0.5


@dataclasses.dataclass(frozen=True)
class Product:
    """Where a product was found.

    Args:
        mask: bool array `(height, width)`; empty where none was found.
        sure: bool, whether what is measured by the mask can be relied on.
        how: str, in words.
        backdrop: optional uint8 array `(3,)`, the colour of a plain backdrop.
    """

    mask: np.ndarray
    sure: bool
    how: str
    backdrop: np.ndarray | None = None

    @functools.cached_property
    def main(self):
        """The mask's large parts, without letters and dust."""
        parts = _parts(self.mask)
        kept = np.zeros(self.mask.shape, bool)
        for label, _ in parts.large:
            kept |= parts.labels == label
        return kept

    @property
    def found(self):
        return bool(self.mask.any())

    @functools.cached_property
    def box(self):
        """`[x, y, width, height]` of its large parts."""
        return list(cv2.boundingRect(self.main.astype("uint8")))

    @functools.cached_property
    def part_boxes(self):
        """Boxes of the parts that are products of their own."""
        return [box for _, box in _parts(self.mask).large]


def given(mask):
    """The `Product` of a user's mask."""
    return Product(np.asarray(mask, bool), True, "your mask")


def find(colors, alpha, border):
    """Looks for the product: by transparency, backdrop, or GrabCut.

    Args:
        colors: uint8 array `(height, width, 3)`.
        alpha: optional uint8 array `(height, width)`.
        border: `frame.Border`; what is outside of it is no product.
    """
    if alpha is not None and (alpha < 128).mean() > 0.005:
        return Product(alpha >= 128, True, "transparency")
    rows, columns = border.inner(colors.shape[:2])
    inner = colors[rows, columns]
    mask, sure, how, backdrop = _find(inner)
    whole = np.zeros(colors.shape[:2], bool)
    whole[rows, columns] = mask
    return Product(whole, sure, how, backdrop)


def _find(colors):
    if min(colors.shape[:2]) < 8:
        none = np.zeros(colors.shape[:2], bool)
        return none, False, "too small to look for it", None
    backdrop, share = _rim_color(colors)
    if share >= PLAIN_SHARE:
        mask = _unlike(colors, backdrop)
        if mask.mean() < DUST:
            mask[:] = False
        return mask, True, "plain backdrop", backdrop
    found = find_foreground(colors)
    sure = found.confidence >= AGREEMENT and not found.mask.all()
    return found.mask, sure, "GrabCut", None


def _rim_color(colors):
    """The median of the rim, and the share of it that is near to that."""
    width = max(1, round(0.015 * min(colors.shape[:2])))
    rim = np.concatenate(
        [
            colors[:width].reshape(-1, 3),
            colors[-width:].reshape(-1, 3),
            colors[:, :width].reshape(-1, 3),
            colors[:, -width:].reshape(-1, 3),
        ]
    )
    median = np.median(rim, axis=0)
    distance = np.abs(rim - median).max(axis=1)
    return median.astype("uint8"), float((distance <= PLAIN_REACH).mean())


def _unlike(colors, backdrop):
    """What the backdrop does not reach from the rim; holes are filled."""
    low = np.clip(backdrop.astype(int) - PLAIN_REACH, 0, 255)
    high = np.clip(backdrop.astype(int) + PLAIN_REACH, 0, 255)
    alike = cv2.inRange(colors, tuple(map(int, low)), tuple(map(int, high)))
    framed = np.pad(alike, 1, constant_values=255)
    cv2.floodFill(framed, None, (0, 0), 128)
    mask = (framed[1:-1, 1:-1] != 128).astype("uint8")
    side = max(mask.shape)
    # JPEG's ringing and lone specks are no product.
    if side >= 200:
        mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), "uint8"))
    return mask.astype(bool)


@dataclasses.dataclass(frozen=True)
class _Parts:
    labels: np.ndarray
    large: list


def _parts(mask):
    """Connected parts; `large` has `(label, box)` of products."""
    _, labels, facts, _ = cv2.connectedComponentsWithStats(
        mask.astype("uint8"), connectivity=8
    )
    areas = facts[1:, cv2.CC_STAT_AREA]
    if not len(areas):
        return _Parts(labels, [])
    large = 1 + np.flatnonzero(areas >= LARGE_PART * areas.max())
    return _Parts(
        labels, [(label, facts[label, :4].tolist()) for label in large]
    )
