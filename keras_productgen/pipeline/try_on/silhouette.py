"""What outlines say: corners, hollows, symmetry, widths by row."""

import cv2
import numpy as np

# Hollows less deep, as a share of the height, are folds and noise.
LEAST_HOLLOW = 0.014


def outline(mask):
    """The longest outline, float64 `(n, 2)` of x and y, clockwise as seen.

    Args:
        mask: bool `(height, width)`.
    """
    found, _ = cv2.findContours(
        mask.astype("uint8"), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    longest = max(found, key=cv2.contourArea)
    points = longest.reshape(-1, 2).astype("float64")
    return points if _turn(points) > 0.0 else points[::-1]


def _turn(points):
    x, y = points.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())


def left_side(points, axis):
    """The part of an outline from the bottom up the left to the top.

    Args:
        points: as `outline` gives them.
        axis: float, x of the middle.
    """
    near = np.flatnonzero(np.abs(points[:, 0] - axis) <= 1.0)
    if near.size == 0:
        near = np.abs(points[:, 0] - axis).argsort()[:4]
    rows = points[near, 1]
    bottom, top = near[rows.argmax()], near[rows.argmin()]
    turned = np.roll(points, -bottom, axis=0)
    return turned[: (top - bottom) % len(points) + 1]


def hollows(points, least):
    """Where an outline lies inside of its convex hull.

    Args:
        points: as `outline` gives them.
        least: float, pixels that count.

    Returns:
        List of `(depth, start, bottom, end)`, the deepest first: points where
        the hull leaves the outline and meets it again, clockwise, and the
        deepest between them.
    """
    whole = points.astype("int32")[:, None]
    hull = cv2.convexHull(whole, returnPoints=False)
    # OpenCV refuses hulls whose points are not in order.
    hull = np.sort(hull.ravel())[:, None]
    if len(hull) < 4:
        return []
    found = cv2.convexityDefects(whole, hull)
    rows = [] if found is None else found.reshape(-1, 4)
    deep = [
        (depth / 256.0, points[start], points[far], points[end])
        for start, end, far, depth in rows
        if depth / 256.0 >= least
    ]
    return sorted(deep, key=lambda each: -each[0])


def corners(points, direction):
    """The two corners of the end of a sleeve, a leg or a trunk.

    Args:
        points: float `(n, 2)`.
        direction: pair of floats, x and y, to where it ends.

    Returns:
        Pair of points: that to the right of who looks that way, and the other.
    """
    ahead = np.asarray(direction, "float64")
    ahead = ahead / max(np.linalg.norm(ahead), 1e-9)
    aside = np.array([-ahead[1], ahead[0]])
    first = points[(points @ (ahead + aside)).argmax()]
    return first, points[(points @ (ahead - aside)).argmax()]


def farthest(points, start, end):
    """The point farthest to the left of the way from start to end.

    Returns:
        The point, and how far it is; below 0 where all are on the right.
    """
    way = np.asarray(end) - start
    length = max(np.linalg.norm(way), 1e-9)
    off = points - start
    distance = (off[:, 0] * way[1] - off[:, 1] * way[0]) / length
    index = int(distance.argmax())
    return points[index], float(distance[index])


def at_row(points, row):
    """The point of a side nearest to a row; of several the outermost left."""
    near = np.abs(points[:, 1] - row)
    close = points[near <= near.min() + 0.5]
    return close[close[:, 0].argmin()]


def index_of(points, point):
    return int(np.abs(points - point).sum(axis=1).argmin())


def mirror_axis(mask):
    """Where a mask is most like its mirror image.

    Args:
        mask: bool `(height, width)`.

    Returns:
        float, x of the axis, and the intersection over union of both sides.
    """
    x, y, width, height = cv2.boundingRect(mask.astype("uint8"))
    part = mask[y : y + height, x : x + width]
    scale = max(1.0, max(part.shape) / 128.0)
    size = [max(2, round(side / scale)) for side in part.shape[::-1]]
    small = cv2.resize(part.astype("uint8"), size) > 0
    reach = max(1, round(0.12 * size[0]))
    scores = {
        shift: _agreement(small, shift) for shift in range(-reach, reach + 1)
    }
    best = max(scores, key=lambda shift: (scores[shift], -abs(shift)))
    middle = (size[0] - 1 + best) / 2.0 / max(size[0] - 1, 1)
    return x + middle * (width - 1), scores[best]


def _agreement(mask, shift):
    """With the axis moved to the right by half of `shift`."""
    wide = np.pad(mask, ((0, 0), (abs(shift), abs(shift))))
    mirrored = np.roll(wide[:, ::-1], shift, axis=1)
    both = np.count_nonzero(wide & mirrored)
    return both / max(1, np.count_nonzero(wide | mirrored))


def runs(row):
    """`(start, end)` of the pieces of a row of a mask, both in them."""
    edges = np.flatnonzero(np.diff(np.pad(row.astype("int8"), 1)))
    return list(zip(edges[::2].tolist(), (edges[1::2] - 1).tolist()))
