"""A bent tube beside a turned product, drawn as a chain of spheres."""

import numpy as np


def draw_handle(surface, vessel, color, turn, pitch):
    """Draw the handle into a `Surface`, behind what is nearer.

    Args:
        turn: radians the product is turned; at 0 the handle is at the right.
        pitch: radians the camera looks down.
    """
    size = surface.height.shape[0]
    radius = max(2.0, vessel.handle_radius * size / 2.0)
    reach = int(radius) + 2
    offset = np.arange(-reach, reach + 1, dtype="float32")
    for column, row, depth in _centres(vessel, turn, pitch, size):
        left, top = round(column) - reach, round(row) - reach
        right, bottom = left + len(offset), top + len(offset)
        if min(left, top) < 0 or max(right, bottom) > size:
            continue
        x = offset[None] + (round(column) - column)
        y = offset[:, None] + (round(row) - row)
        squared = radius * radius - x * x - y * y
        ball = np.sqrt(np.maximum(squared, 0.0))
        window = np.s_[top:bottom, left:right]
        height = ball * (2.0 / size) + depth
        nearer = (squared > 0.0) & (height > surface.height[window])
        normals = np.stack(np.broadcast_arrays(x, -y, ball), axis=2) / radius
        surface.height[window][nearer] = height[nearer]
        surface.normals[window][nearer] = normals[nearer]
        surface.albedo[window][nearer] = color
        surface.occlusion[window][nearer] = 1.0
        surface.mask[window][nearer] = 1.0


def _centres(vessel, turn, pitch, size):
    """Pixel column, row and depth of the spheres, a pixel apart."""
    path = vessel.handle
    lengths = np.linalg.norm(np.diff(path, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    count = int(along[-1] * size / 2.0) + 2
    steps = np.linspace(0.0, along[-1], count)
    out = np.interp(steps, along, path[:, 0])
    up = np.interp(steps, along, path[:, 1])
    x, z = out * np.cos(turn), -out * np.sin(turn)
    screen = up * np.cos(pitch) - z * np.sin(pitch)
    depth = z * np.cos(pitch) + up * np.sin(pitch)
    columns = (x + 1.0) * size / 2.0 - 0.5
    rows = (1.0 - screen) * size / 2.0 - 0.5
    return zip(columns.tolist(), rows.tolist(), depth.tolist())
