"""Whether a matte parts product and backdrop where they look apart."""

import dataclasses

import cv2
import numpy as np

SIDE = 256
# An outline is drawn where the photo has an edge: colours change there at least
# half as steeply as at the steepest place so near, in pixels.
NEAR, LEAST_STEEP = 4, 0.5
# The backdrop beside the product: so far from its outline, in pixels.
GAP, RING = 3, 15
# Colours are counted in so many steps a channel.
STEPS = 12
# Black and white are the last steps, and must not lose what they have.
EDGE = cv2.BORDER_REFLECT
# So many times likelier in the backdrop, a pixel of the product is suspect.
LIKELIER, LEAST_SHARE = np.e, 1e-4


@dataclasses.dataclass(frozen=True)
class Separation:
    """How well product and backdrop are told apart; all floats in `[0, 1]`.

    Args:
        astray: the share of the outline that lies beside the edges of the
            photo.
        mixed: the share of the product whose colours are those of the backdrop
            around it.
        overlap: how much of their colours product and backdrop have in common,
            the intersection of their histograms.
    """

    astray: float
    mixed: float
    overlap: float


def look_at(photo, matte):
    """Returns the `Separation` of a matte over its photo.

    Args:
        photo: uint8 array `(height, width, 3)`.
        matte: uint8 array `(height, width)`.
    """
    scale = SIDE / max(matte.shape)
    size = [max(1, round(side * scale)) for side in matte.shape[::-1]]
    fit = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    colors = cv2.resize(photo, size, interpolation=fit)
    product = (cv2.resize(matte, size, interpolation=fit) >= 128).astype(
        "uint8"
    )
    core = cv2.erode(product, _square(NEAR), borderValue=1)
    ring = _grown(product, RING) - _grown(product, GAP)
    if not core.any() or not ring.any():
        return Separation(1.0, 1.0, 1.0)
    shares = _histogram(colors, core), _histogram(colors, ring)
    return Separation(
        _astray(colors, product),
        _mixed(colors, product, *shares),
        float(np.minimum(*shares).sum()),
    )


def _astray(colors, product):
    lab = cv2.cvtColor(colors.astype("float32") / 255.0, cv2.COLOR_RGB2LAB)
    lab = cv2.GaussianBlur(lab, (0, 0), 1.0)
    across, down = (cv2.Sobel(lab, -1, *way) for way in ((1, 0), (0, 1)))
    steep = np.sqrt((across**2 + down**2).sum(-1))
    steepest = cv2.dilate(steep, _square(NEAR))
    outline = (product - cv2.erode(product, _square(1), borderValue=1)) > 0
    if not outline.any():
        return 1.0
    share = steep[outline] / np.maximum(steepest[outline], 1e-3)
    return float((share < LEAST_STEEP).mean())


def _mixed(colors, product, own, other):
    place = tuple(np.moveaxis(colors.astype(int) * STEPS // 256, -1, 0))
    odds = (other[place] + LEAST_SHARE) / (own[place] + LEAST_SHARE)
    return float((odds[product > 0] > LIKELIER).mean())


def _histogram(colors, mask):
    """float32 `(steps, steps, steps)` that adds up to 1, a little smoothed."""
    ends = [0, 256] * 3
    counts = cv2.calcHist([colors], [0, 1, 2], mask, [STEPS] * 3, ends)
    for axis in range(3):
        flat = np.moveaxis(counts, axis, 0).reshape(STEPS, -1)
        smooth = cv2.GaussianBlur(flat, (1, 3), 0.6, borderType=EDGE)
        smooth = smooth.reshape([STEPS] * 3)
        counts = np.moveaxis(smooth, 0, axis)
    return counts / max(float(counts.sum()), 1.0)


def _grown(product, reach):
    return cv2.dilate(product, _square(reach), borderValue=0)


def _square(reach):
    return np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
