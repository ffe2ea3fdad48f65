"""A garment brought onto the person's canvas."""

import cv2
import numpy as np


def warped(picture, warp):
    """A garment on the person's canvas, with its matte.

    Args:
        picture: uint8 `(height, width, 4)`.
        warp: `Warp`.

    Returns:
        uint8 RGBA array of the person's height and width; of several pieces
        the largest alone, for a spline may come back to the garment far away.
    """
    alpha = picture[..., 3:].astype("float32") / 255.0
    layers = np.dstack([picture[..., :3] * alpha, 255.0 * alpha])
    layers, scale = _shrunk(layers.astype("float32"), warp)
    made = cv2.remap(
        layers,
        (warp.columns + 0.5) * scale - 0.5,
        (warp.rows + 0.5) * scale - 0.5,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
    )
    cover = np.clip(made[..., 3:] / 255.0, 0.0, 1.0)
    colors = made[..., :3] / np.maximum(cover, 1e-3)
    made = np.rint(np.clip(np.dstack([colors, 255.0 * cover]), 0, 255))
    made = made.astype("uint8")
    made[..., 3] *= _largest(made[..., 3] > 0)
    return made


def _shrunk(layers, warp):
    """Smoothed before it shrinks, so that patterns do not break up."""
    across = np.abs(np.diff(warp.columns, axis=1))
    down = np.abs(np.diff(warp.rows, axis=0))
    step = float(np.median(np.concatenate([across.ravel(), down.ravel()])))
    scale = np.float32(min(1.0, 1.0 / max(step, 1e-3)))
    if scale > 0.7:
        return layers, np.float32(1.0)
    size = [max(1, round(side * float(scale))) for side in layers.shape[1::-1]]
    small = cv2.resize(layers, size, interpolation=cv2.INTER_AREA)
    return small, np.float32(size[0] / layers.shape[1])


def _largest(mask):
    _, labels, facts, _ = cv2.connectedComponentsWithStats(mask.astype("uint8"))
    if len(facts) < 2:
        return mask
    return labels == 1 + facts[1:, cv2.CC_STAT_AREA].argmax()
