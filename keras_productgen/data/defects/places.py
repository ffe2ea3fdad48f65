"""Where a fault goes, and shapes to draw it with."""

import cv2
import numpy as np

# A spot that nobody can see is none: its least distance in CIELAB.
VISIBLE = 22.0


def place(surface, generator, margin):
    """A point of the product, `margin` pixels from its edge if it can be."""
    inside = (surface.mask > 0.5).astype("uint8")
    distance = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
    margin = min(margin, 0.8 * float(distance.max()))
    rows, columns = np.nonzero(distance >= margin)
    chosen = generator.integers(len(rows))
    return float(columns[chosen]), float(rows[chosen])


def filled(size, points):
    mask = np.zeros((size, size), "uint8")
    points = np.round(points * 16).astype("int32")
    cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, 4)
    return mask.astype("float32") / 255.0


def disc(radius):
    side = 2 * max(1, round(radius)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
