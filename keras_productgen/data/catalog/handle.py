"""A bent tube beside a turned product, drawn as a chain of spheres."""

import numpy as np


def draw_handle(surface, vessel, color, turn, pitch):
    """Draw the handle into a `Surface`, behind what is nearer.

    Args:
        turn: radians the product is turned; at 0 the handle is at the right.
        pitch: radians the camera looks down.
    """
    size = surface.height.shape[0]
    radius = max(2, round(vessel.handle_radius * size / 2.0))
    ball, normals = _ball(radius)
    for column, row, depth in _centres(vessel, turn, pitch, size, radius):
        left, top = column - radius, row - radius
        right, bottom = column + radius + 1, row + radius + 1
        if min(left, top) < 0 or max(right, bottom) > size:
            continue
        window = np.s_[top:bottom, left:right]
        height = ball * (2.0 / size) + depth
        nearer = (ball > 0.0) & (height > surface.height[window])
        surface.height[window][nearer] = height[nearer]
        surface.normals[window][nearer] = normals[nearer]
        surface.albedo[window][nearer] = color
        surface.occlusion[window][nearer] = 1.0
        surface.mask[window][nearer] = 1.0


def _ball(radius):
    offset = np.arange(-radius, radius + 1, dtype="float32")
    x, y = offset[None], offset[:, None]
    ball = np.sqrt(np.maximum(radius * radius - x * x - y * y, 0.0))
    directions = np.stack(np.broadcast_arrays(x, -y, ball), axis=2)
    lengths = np.linalg.norm(directions, axis=2, keepdims=True)
    return ball, directions / np.maximum(lengths, 1e-6)


def _centres(vessel, turn, pitch, size, radius):
    """Pixel column, row and depth of the spheres, no more than 1/4 apart."""
    path = vessel.handle
    lengths = np.linalg.norm(np.diff(path, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    count = int(along[-1] * size / 2.0 / max(1.0, 0.25 * radius)) + 2
    steps = np.linspace(0.0, along[-1], count)
    out = np.interp(steps, along, path[:, 0])
    up = np.interp(steps, along, path[:, 1])
    x, z = out * np.cos(turn), -out * np.sin(turn)
    screen = up * np.cos(pitch) - z * np.sin(pitch)
    depth = z * np.cos(pitch) + up * np.sin(pitch)
    columns = np.round((x + 1.0) * size / 2.0 - 0.5).astype(int)
    rows = np.round((1.0 - screen) * size / 2.0 - 0.5).astype(int)
    return zip(columns.tolist(), rows.tolist(), depth.tolist())
