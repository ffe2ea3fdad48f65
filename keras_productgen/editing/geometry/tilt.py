"""How far a product is turned from upright, where its outline says so."""

import cv2
import numpy as np

from keras_productgen.editing.geometry.crop import product_box
from keras_productgen.editing.pixels import matte_of
from keras_productgen.images.kinds import checked_picture

# The side at which mattes are compared, and how far they are turned.
SIDE, FARTHEST = 128, 30.0
# Degrees from one look to the next, at first and around the best.
COARSE, FINE = 2.0, 0.25
# So symmetric is a product that stands upright, and a turned position must be
# more symmetric than the one it is in by so much: of pots and balls all are
# much alike. `python -m benchmarks.upright` says what this costs.
SYMMETRIC, GAIN = 0.9, 0.025
# And by so much for each degree: with a handle that is filled, mugs are 0.90 to
# 0.94 symmetric in a wrong position, and gain 0.005 to 0.008 a degree.
EXACT, PER_DEGREE, PER_DEGREE_OF_EXACT = 0.95, 0.01, 0.005
# Thin parts, such as handles and straps, are less than twice this across, as a
# share of the product; without them most of it must be left.
THIN, BODY = 0.1, 0.75
# What is not symmetric stands on its sole: a straight line below, so long a
# part of the whole, that the outline keeps to within a hundredth.
LONG, KEPT, NEAR = 0.75, 0.8, 0.012
# No sole is steeper than this.
STEEPEST = 30.0


def estimate_tilt(picture, matte=None):
    """How far the product is turned from upright, where there is evidence.

    Products are mostly symmetric: the angle up to 30 degrees is looked for at
    which the matte, or the matte without handles and straps, is most like its
    mirror image. It counts where that is a symmetric shape, and clearly more
    so than as it stands. What is not symmetric may have a sole, a long straight
    line below. Where there is neither, nothing is known, and the tilt is 0.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        matte: as of `straighten`.

    Returns:
        float, degrees counterclockwise.

    Raises:
        ValueError: if the matte does not fit, or is empty.
    """
    solid = _solid(checked_picture(picture), matte)
    tilt = _tilt_of_symmetry(solid)
    if tilt is None and (body := _without_thin_parts(solid)) is not None:
        tilt = _tilt_of_symmetry(body)
    return _tilt_of_sole(solid) if tilt is None else tilt


def _solid(picture, matte):
    """The product 128 pixels large with room to turn, uint8 0 or 255."""
    top, left, bottom, right = product_box(picture, matte)
    part = matte_of(picture, matte)[top:bottom, left:right]
    scale = SIDE / max(part.shape)
    size = [max(1, round(side * scale)) for side in part.shape[::-1]]
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return np.where(np.pad(small, SIDE // 2) >= 128, 255, 0).astype("uint8")


def _tilt_of_symmetry(solid):
    """Degrees; None where the shape is not symmetric at any angle."""
    best, score = _most_symmetric(solid, FARTHEST, 0.0, COARSE)
    if score < SYMMETRIC - 0.02:
        return None
    best, score = _most_symmetric(solid, COARSE, best, FINE)
    if score < SYMMETRIC:
        return None
    gain = score - _symmetry(solid, 0.0)
    per_degree = PER_DEGREE_OF_EXACT if score >= EXACT else PER_DEGREE
    return -best if gain >= max(GAIN, per_degree * abs(best)) else 0.0


def _most_symmetric(solid, reach, middle, step):
    """The best angle around another, and how symmetric the shape is there."""
    angles = middle + np.arange(-reach, reach + step / 2, step)
    scores = [_symmetry(solid, float(angle)) for angle in angles]
    # Of equal ones, the nearest to how it stands.
    scores -= 1e-6 * abs(angles)
    number = int(np.argmax(scores))
    return float(angles[number]), float(scores[number])


def _symmetry(solid, angle):
    """Overlap with the mirror image after a turn, from 0 to 1."""
    found = cv2.moments(solid, True)
    if not found["m00"]:
        return 0.0
    middle = found["m10"] / found["m00"], found["m01"] / found["m00"]
    matrix = cv2.getRotationMatrix2D(middle, angle, 1.0)
    # The mean comes to the middle of the columns, where the mirror stands.
    matrix[0, 2] += (solid.shape[1] - 1) / 2 - middle[0]
    turned = cv2.warpAffine(solid, matrix, solid.shape[::-1])
    mirrored = cv2.flip(turned, 1)
    union = cv2.sumElems(cv2.max(turned, mirrored))[0]
    return cv2.sumElems(cv2.min(turned, mirrored))[0] / max(union, 1.0)


def _without_thin_parts(solid):
    """The shape's largest thick part; None where little would be left."""
    reach = round(THIN * SIDE)
    disc = cv2.getStructuringElement(
        cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)
    )
    thick = cv2.morphologyEx(solid, cv2.MORPH_OPEN, disc)
    count, parts, facts, _ = cv2.connectedComponentsWithStats(thick)
    if count < 2:
        return None
    largest = 1 + facts[1:, cv2.CC_STAT_AREA].argmax()
    body = np.where(parts == largest, 255, 0).astype("uint8")
    share = cv2.countNonZero(body) / cv2.countNonZero(solid)
    return body if BODY <= share < 1.0 else None


def _tilt_of_sole(solid):
    """The slope of the long straight line that a shape stands on, else 0."""
    outline = cv2.findNonZero(solid)
    hull = cv2.approxPolyDP(cv2.convexHull(outline), 1.0, True)[:, 0]
    _, radius = cv2.minEnclosingCircle(outline)
    columns = np.flatnonzero(solid.any(axis=0))
    lowest = len(solid) - 1 - solid[::-1, columns].argmax(axis=0)
    for first, second in _sides_below(hull.astype("float64")):
        length = np.linalg.norm(second - first)
        if length < LONG * 2.0 * radius:
            break
        line = np.polynomial.Polynomial.fit(*np.array([first, second]).T, 1)
        within = (columns >= first[0]) & (columns <= second[0])
        near = within & (abs(lowest - line(columns)) <= NEAR * SIDE)
        if near.sum() >= KEPT * within.sum():
            slope = np.polyfit(columns[near], lowest[near], 1)[0]
            return float(-np.degrees(np.arctan(slope)))
    return 0.0


def _sides_below(hull):
    """Sides that a shape may stand on, left end first, the longest first."""
    found = []
    for first, second in zip(hull, np.roll(hull, -1, 0)):
        first, second = sorted([first, second], key=lambda point: point[0])
        across, down = second - first
        middle = hull.mean(0) - first
        is_below = across * middle[1] < down * middle[0]
        if is_below and abs(down) <= across * np.tan(np.radians(STEEPEST)):
            found.append((first, second))
    return sorted(found, key=lambda pair: -np.linalg.norm(pair[1] - pair[0]))
