"""Surfaces of revolution, ray-cast per pixel, with handles."""

import dataclasses

import numpy as np

from keras_productgen.data.catalog import patterns
from keras_productgen.data.catalog.handle import draw_handle
from keras_productgen.data.catalog.relief import grid
from keras_productgen.data.catalog.surface import Surface

PITCH = np.radians(15.0)
_SAMPLES = 160
_PAPER = (0.96, 0.94, 0.88)


@dataclasses.dataclass
class Vessel:
    """A turned product, in half pictures; y goes up, the axis is x = z = 0.

    Args:
        profile: (points, 2) array of radius and y, y rising strictly.
        opening: radius of the mouth; 0 is closed.
        inside: sRGB of the inside.
        repeats: int, repeats of the pattern around.
        bands: list of `(low, high, color)`, painted around.
        label: optional `(low, high, half angle in radians, ink color)`.
        handle: optional (points, 2) path of radius and y.
        handle_radius: of the tube.
    """

    profile: np.ndarray
    opening: float = 0.0
    inside: tuple = (1.0, 1.0, 1.0)
    repeats: int = 8
    bands: list = dataclasses.field(default_factory=list)
    label: tuple | None = None
    handle: np.ndarray | None = None
    handle_radius: float = 0.05


def surface_of(vessel, item, size):
    """The `Surface` of a vessel turned by the item's view angle."""
    turn = np.radians(item.view_angle % 360.0)
    x, depth_z = _cast(vessel.profile, size)
    hit = depth_z > -1e3
    rows, columns = np.nonzero(hit)
    points = _Points(x[columns], depth_z[hit], _up(size)[rows])
    lid = _lid(points, vessel)
    normals = _side_normals(points, vessel.profile)
    albedo = _side_colors(points, vessel, item, turn)
    foot = points.y - vessel.profile[0, 1]
    occlusion = 1.0 - 0.30 * np.exp(-foot / 0.10)
    if vessel.opening > 0.0:
        _open(points, lid, vessel, normals, albedo, occlusion)
    else:
        normals[lid] = (0.0, 1.0, 0.0)
    surface = Surface(
        mask=hit.astype("float32"),
        height=np.full(hit.shape, -1e4, "float32"),
        albedo=np.zeros((size, size, 3), "float32"),
        normals=np.zeros((size, size, 3), "float32"),
        occlusion=np.ones(hit.shape, "float32"),
    )
    surface.height[hit] = points.depth()
    surface.albedo[hit] = albedo
    surface.normals[hit] = _to_camera(normals)
    surface.occlusion[hit] = occlusion
    if vessel.handle is not None:
        draw_handle(surface, vessel, item.color, turn, PITCH)
    return surface


def _up(size):
    return -grid(size)[1][:, 0]


class _Points:
    """Points on the object: x to the right, y up its axis, z to the front."""

    def __init__(self, x, z, screen_up):
        self.x = x
        self.z = z
        self.screen_up = screen_up
        self.y = (screen_up + z * np.sin(PITCH)) / np.cos(PITCH)

    def depth(self):
        return self.z * np.cos(PITCH) + self.y * np.sin(PITCH)


def _cast(profile, size):
    """First z along every pixel's ray; -1e4 where it misses.

    Along a row of pixels the radius met at each z is the same for all
    columns, so that the first hit is a look-up in a rising table.
    """
    radius, heights = profile[:, 0], profile[:, 1]
    z = np.linspace(1.0, -1.0, _SAMPLES) * (radius.max() + 1e-3)
    y = (_up(size)[:, None] + z * np.sin(PITCH)) / np.cos(PITCH)
    met = np.interp(y, heights, radius, left=0.0, right=0.0)
    reach = np.where(met > 0.0, met * met - z * z, -1.0)
    reach = np.maximum.accumulate(reach, axis=1)
    x = grid(size)[0][0]
    right = x[size - size // 2 :]
    squares = right * right
    half = np.full((size, len(right)), -1e4, "float32")
    for row in np.flatnonzero(reach[:, -1] > 0.0):
        count = int(np.searchsorted(squares, reach[row, -1]))
        half[row, :count] = np.interp(squares[:count], reach[row], z)
    middle = half[:, :1] if size % 2 else half[:, :0]
    return x, np.concatenate([half[:, ::-1], middle, half], axis=1)


def _lid(points, vessel):
    """Which points lie on the flat top, moved onto it exactly."""
    radius, top = vessel.profile[-1]
    z = (top * np.cos(PITCH) - points.screen_up) / np.sin(PITCH)
    lid = points.x**2 + z * z <= radius * radius
    points.z = np.where(lid, z, points.z)
    points.y = np.where(lid, top, points.y)
    return lid


def _side_normals(points, profile):
    slope = np.gradient(profile[:, 0], profile[:, 1])
    # Near an edge the profile is almost level and its slope unbounded.
    slope = np.clip(slope, -3.0, 3.0)
    lean = -np.interp(points.y, profile[:, 1], slope)
    around = np.sqrt(points.x**2 + points.z**2) + 1e-6
    normals = np.stack([points.x / around, lean, points.z / around], axis=1)
    return normals / np.linalg.norm(normals, axis=1, keepdims=True)


def _to_camera(normals):
    c, s = np.cos(PITCH), np.sin(PITCH)
    x, y, z = normals.T
    camera = np.stack([x, y * c - z * s, z * c + y * s], axis=1)
    # A ray meets no back face; what is below 0 is rounding at the rim.
    camera[:, 2] = np.maximum(camera[:, 2], 0.02)
    return camera / np.linalg.norm(camera, axis=1, keepdims=True)


def _side_colors(points, vessel, item, turn):
    azimuth = np.arctan2(points.x, points.z) - turn
    azimuth -= 2.0 * np.pi * np.round(azimuth / (2.0 * np.pi))
    low, high = vessel.profile[0, 1], vessel.profile[-1, 1]
    cells = vessel.repeats / (2.0 * np.pi * np.median(vessel.profile[:, 0]))
    weight = patterns.second_color_weight(
        item.pattern,
        azimuth * (vessel.repeats / (2.0 * np.pi)),
        points.y * cells,
        (high - points.y) / (high - low),
    )
    albedo = patterns.mix(item.color, item.second_color, weight)
    for bottom, top, color in vessel.bands:
        albedo[(points.y >= bottom) & (points.y <= top)] = color
    if vessel.label is not None:
        _stick_label(albedo, azimuth, points.y, vessel.label)
    return albedo


def _stick_label(albedo, azimuth, y, label):
    bottom, top, half_angle, color = label
    along = (y - bottom) / (top - bottom) * 2.0 - 1.0
    across = azimuth / half_angle
    on = np.maximum(np.abs(along), np.abs(across)) <= 1.0
    albedo[on] = _PAPER
    frame = (np.abs(along) > 0.74) & (np.abs(along) < 0.88)
    seal = np.hypot(across / 0.42, (along - 0.12) / 0.42) < 1.0
    line = (np.abs(along + 0.5) < 0.07) & (np.abs(across) < 0.6)
    albedo[on & (frame | seal | line)] = color


def _open(points, lid, vessel, normals, albedo, occlusion):
    """The rim, and the far inner wall seen through the mouth."""
    inner = vessel.opening
    around = np.sqrt(points.x**2 + points.z**2)
    rim = lid & (around >= inner)
    normals[rim] = (0.0, 1.0, 0.0)
    hole = lid & (around < inner)
    x = points.x[hole]
    z = -np.sqrt(inner * inner - x * x)
    y = (points.screen_up[hole] + z * np.sin(PITCH)) / np.cos(PITCH)
    below = vessel.profile[-1, 1] - y
    points.z[hole], points.y[hole] = z, y
    normals[hole] = np.stack([-x, 0.25 * inner + 0.0 * x, -z], 1) / inner
    normals[hole] /= np.linalg.norm(normals[hole], axis=1, keepdims=True)
    albedo[hole] = vessel.inside
    occlusion[hole] = np.clip(0.85 - 1.1 * below, 0.25, 1.0)
