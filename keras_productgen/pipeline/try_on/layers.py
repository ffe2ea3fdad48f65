"""What of a person stays above a garment."""

import cv2
import numpy as np

# Where the head begins, above the neck's end, of the width of the neck.
CHIN = 0.35
# A hand reaches so far from the wrist, as a share of the forearm.
HAND = 0.75
# Width of the edge over which a layer fades, as a share of the height.
SOFT = 0.002


def above_garment(person, targets, alpha, over_mask=None):
    """How much of each pixel shows the person, not the garment.

    Args:
        person: `KeyPoints`.
        targets: dict of the garment's points in the person's photo.
        alpha: float32 `(height, width)`, of the person.
        over_mask: optional float32 `(height, width)`, hair, hands or arms that
            are before the garment.

    Returns:
        float32 `(height, width)` in `[0, 1]`.
    """
    region = np.zeros(alpha.shape, "float32")
    region = np.maximum(region, _head(person, alpha.shape))
    region = np.maximum(region, _opening(targets, alpha.shape))
    for side in ("left", "right"):
        region = np.maximum(region, _hand(person, side, alpha.shape))
    sigma = max(0.6, SOFT * alpha.shape[0])
    region = cv2.GaussianBlur(region, (0, 0), sigma) * alpha
    if over_mask is not None:
        region = np.maximum(region, over_mask)
    return region


def _head(person, size):
    """All above the chin: hair that falls lower is not known."""
    region = np.zeros(size, "float32")
    if "neck_left" not in person or "neck_right" not in person:
        return region
    left, right = person["neck_left"], person["neck_right"]
    wide = abs(right[0] - left[0])
    row = min(left[1], right[1]) - CHIN * wide
    region[: max(0, round(row))] = 1.0
    return region


def _opening(targets, size):
    """Within the neckline the garment's back is behind the neck."""
    region = np.zeros(size, "float32")
    if "neck_front" not in targets:
        return region
    left, right = targets["neck_left"], targets["neck_right"]
    front = np.asarray(targets["neck_front"])
    middle = (np.asarray(left) + right) / 2.0
    half = (np.asarray(right) - left) / 2.0
    # Half an ellipse through the three points, open to the top.
    turn = np.linspace(np.pi, 0.0, 40)
    curve = (
        middle
        + np.cos(turn)[:, None] * half
        + np.sin(turn)[:, None] * (front - middle)
    )
    up = np.array([0.0, -2.0 * np.linalg.norm(half)])
    outline = np.concatenate([curve, [right + up, left + up]])
    return _filled(region, outline)


def _hand(person, side, size):
    """What lies beyond the wrist, on the way of the forearm."""
    region = np.zeros(size, "float32")
    names = f"elbow_{side}", f"wrist_{side}"
    if any(name not in person for name in names):
        return region
    elbow, wrist = (person[name] for name in names)
    length = np.linalg.norm(wrist - elbow)
    way = (wrist - elbow) / max(length, 1e-9)
    aside = np.array([-way[1], way[0]])
    start, reach = wrist + 0.05 * length * way, HAND * length
    outline = np.array(
        [
            start - 0.5 * reach * aside,
            start + 0.5 * reach * aside,
            start + reach * way + 0.5 * reach * aside,
            start + reach * way - 0.5 * reach * aside,
        ]
    )
    return _filled(region, outline)


def _filled(region, outline):
    # Sixteenths of pixels.
    places = np.rint(outline * 16.0).astype("int32")
    return cv2.fillPoly(region, [places], 1.0, cv2.LINE_AA, 4)
