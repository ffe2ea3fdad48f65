"""Holes of products: parts of the backdrop that a product encloses."""

import dataclasses

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.data.annotations.foreground import filled
from keras_productgen.editing import light
from keras_productgen.editing.product_mask import edge_reach
from keras_productgen.editing.product_mask import soft_mask

SIDE = 384
# Smaller ones, as shares of the picture, are no holes; of less backdrop than
# this nothing can be learned.
LEAST, LEAST_BACKDROP = 0.001, 0.02
# Pixels of the backdrop that are looked at.
SAMPLES = 2000
# Lightness counts less than colour, as shadows lie in holes, too.
WEIGHTS = np.float32([0.6, 1.0, 1.0])
# Like the backdrop is what lies within so many times its noise, or so near to
# it in CIELAB.
ALIKE, NEAR = 2.5, 3.0
# Of a network's matte, 0-255: below it was in doubt. In 520 rendered products
# no part of one was both like the backdrop and so doubtful, all true holes but
# six of 30 were.
DOUBT = 200.0
# Else colours alone must tell, which they do before calm backdrops: the part
# lies as near as other backdrop does, and scatters no more. Prints in the very
# colour of the backdrop are shaded, and scatter more.
CALM, SCATTER, MOSTLY = 0.6, 1.2, 0.5
# Not where the backdrop is as good as white: highlights and paper are it, too.
CLIPPED = light.OFFSET + 97.0


@dataclasses.dataclass(frozen=True)
class Holes:
    """What a product encloses.

    Args:
        sure: bool array `(height, width)`, backdrop.
        doubtful: bool array of the same size, either a hole or a part of the
            product that looks like the backdrop.
    """

    sure: np.ndarray
    doubtful: np.ndarray


def find_holes(colors, mask, alpha=None):
    """Looks for enclosed parts that are like the backdrop around.

    A surface of second order is laid through the backdrop's colours. A hole is
    where it goes on within the product: with the same colours, and as rough.

    Args:
        colors: uint8 array `(height, width, 3)`.
        mask: bool array `(height, width)`, the product, holes filled or open.
        alpha: optional uint8 array of the same size, how sure a network is
            of the product.

    Returns:
        `Holes`, of at least a thousandth of the picture each.
    """
    size = mask.shape
    scale = min(1.0, SIDE / max(size))
    small = tuple(max(1, round(side * scale)) for side in size)
    whole = filled(_resized(mask, small))
    sure, doubtful = np.zeros((2, *small), bool)
    found = None
    if whole.any():
        found = _unlikeness(images.resize(colors, small, "stretch"), whole)
    if found is not None:
        if alpha is not None:
            alpha = images.resize(alpha, small, "stretch")
        parts = list(_enclosed(found, whole))
        for part, is_hole in zip(parts, _verdicts(found, parts, alpha)):
            (sure if is_hole else doubtful)[part] = True
    return Holes(*(_resized(part, size) & mask for part in (sure, doubtful)))


def opened(alpha, colors, hole):
    """A matte with a hole in it, whose edges are soft where colours change.

    Args:
        alpha: uint8 array `(height, width)`.
        colors: uint8 array `(height, width, 3)`, what it is of.
        hole: bool array `(height, width)`.
    """
    solid = (alpha >= 128) & ~hole
    if not hole.any() or not solid.any():
        return alpha
    soft = images.to_uint8(255.0 * soft_mask(colors, solid))
    reach = 2 * edge_reach(alpha.shape)
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    near = cv2.dilate(hole.astype("uint8"), kernel) > 0
    return np.where(near, np.minimum(alpha, soft), alpha)


@dataclasses.dataclass(frozen=True)
class _Unlikeness:
    """By how much a picture differs from the backdrop, gone on everywhere."""

    difference: np.ndarray
    distance: np.ndarray
    noise: float
    lightness: np.ndarray


def _unlikeness(colors, whole):
    """`_Unlikeness`; None where there is too little backdrop."""
    near = np.ones((7, 7), "uint8")
    outside = cv2.dilate(whole.astype("uint8"), near) == 0
    if outside.mean() < LEAST_BACKDROP:
        return None
    pixels = light.from_rgb(colors)
    height, width = whole.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    each = max(1, np.count_nonzero(outside) // SAMPLES)
    known, wanted = terms[outside][::each], pixels[outside][::each]
    kept = np.ones(len(known), bool)
    # The product's shadow, and what else lies about, is left out in turn.
    for _ in range(4):
        surface, *_ = np.linalg.lstsq(known[kept], wanted[kept], rcond=None)
        off = np.linalg.norm((wanted - known @ surface) * WEIGHTS, axis=1)
        noise = 1.4826 * float(np.median(off)) + 0.1
        kept = off < max(3.0 * noise, 1.0)
    backdrop = (terms @ surface).astype("float32")
    difference = (pixels - backdrop) * WEIGHTS
    distance = np.linalg.norm(difference, axis=2)
    return _Unlikeness(difference, distance, noise, backdrop[..., 0])


def _enclosed(found, whole):
    """Yields the parts like the backdrop that the product encloses."""
    alike = whole & (found.distance <= max(ALIKE * found.noise, NEAR))
    alike = cv2.morphologyEx(
        alike.astype("uint8"), cv2.MORPH_OPEN, np.ones((3, 3), "uint8")
    )
    count, parts, facts, _ = cv2.connectedComponentsWithStats(alike)
    rim = cv2.erode(whole.astype("uint8"), np.ones((3, 3), "uint8")) == 0
    # A piece of backdrop at the outline is a mistake of the matte, no hole.
    outer = set(np.unique(parts[rim]))
    least = LEAST * whole.size
    for number in range(1, count):
        large = facts[number, cv2.CC_STAT_AREA] >= least
        if large and number not in outer:
            yield parts == number


def _verdicts(found, parts, alpha):
    """Whether each of the enclosed parts is surely a hole."""
    areas = np.array([part.sum() for part in parts])
    told = np.array([_is_told(found, part) for part in parts], bool)
    # Of the dots of a pattern some may match, but not most.
    told &= areas[told].sum() >= MOSTLY * areas.sum()
    if alpha is None:
        return told
    seen = [alpha[part].mean() < DOUBT for part in parts]
    return np.logical_or(told, seen)


def _is_told(found, part):
    """Whether the colours alone say that a part is a hole."""
    inner = cv2.erode(part.astype("uint8"), np.ones((3, 3), "uint8")) > 0
    inner = inner if inner.any() else part
    off = np.linalg.norm(np.median(found.difference[inner], axis=0))
    scatter = 1.4826 * np.median(found.distance[inner])
    alike = off <= found.noise and scatter <= SCATTER * found.noise
    is_calm = found.noise <= CALM
    return alike and is_calm and found.lightness[part].mean() < CLIPPED


def _resized(mask, size):
    scaled = images.resize(255 * mask.astype("uint8"), size, "stretch")
    return scaled >= 128
