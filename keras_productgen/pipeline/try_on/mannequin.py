"""A drawn mannequin, for previews without a person's photo."""

import dataclasses

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_whole

# All lengths are shares of the height of the figure; x from its axis, y from
# the top of the head. Segments: Drillis and Contini, 1966.
_NECK, _SHOULDER, _JOINT = (0.031, 0.172), (0.118, 0.192), (0.098, 0.214)
_CHEST, _WAIST, _HIP = (0.090, 0.262), (0.074, 0.385), (0.094, 0.490)
_CROTCH, _ANKLE, _SOLE = 0.525, 0.950, 0.985
_UPPER_ARM, _FOREARM, _HAND = 0.178, 0.146, 0.085
_ARM_RADII = 0.028, 0.022, 0.016, 0.019
_LEG, _LEG_RADII = (0.047, 0.075), (0.047, 0.024)
_SUPERSAMPLING = 3
_LIGHT = np.array([-0.4, -0.5, 0.77], "float32")


@dataclasses.dataclass(frozen=True)
class Mannequin:
    """A figure that stands upright, seen from the front.

    Args:
        image: uint8 `(height, width, 3)`.
        mask: uint8 `(height, width)`, 255 where the figure is.
        points: dict from names of `key_points.PERSON_POINTS` to `(x, y)`.
    """

    image: np.ndarray
    mask: np.ndarray
    points: dict


def draw_mannequin(
    height=480, arms=24.0, color=(226, 214, 202), background=(238, 240, 242)
):
    """Draws a mannequin, and says where its key points are.

    Args:
        height: int of at least 64, of the picture in pixels; it is two thirds
            as wide.
        arms: float in `[0, 35]`, degrees between the arms and the upright.
        color: RGB, 0-255, of the figure where it is well lit.
        background: RGB, 0-255.

    Returns:
        `Mannequin`.

    Raises:
        ValueError: if an argument is none of these.
    """
    height = checked_whole("height", height, 64)
    arms = np.radians(checked_number("arms", arms, 0.0, 35.0))
    width = 2 * (height // 3)
    figure = _Figure(height, width, arms)
    alpha, relief = figure.drawn()
    lit = _shaded(relief, np.asarray(color, "float32"))
    large = alpha[..., None] * lit
    large += (1.0 - alpha[..., None]) * np.asarray(background, "float32")
    small = [
        cv2.resize(each, (width, height), interpolation=cv2.INTER_AREA)
        for each in (large, 255.0 * alpha)
    ]
    image, mask = (images.to_uint8(each) for each in small)
    return Mannequin(image, mask, figure.points())


class _Figure:
    def __init__(self, height, width, arms):
        self.size = height * _SUPERSAMPLING, width * _SUPERSAMPLING
        self.tall = 0.92 * height
        self.middle, self.top = (width - 1) / 2.0, 0.04 * height
        self.arms = arms

    def at(self, x, y):
        """A place in pixels of the picture."""
        return self.middle + x * self.tall, self.top + y * self.tall

    def arm(self):
        """Shoulder joint, elbow, wrist and tip of the right arm."""
        way = np.array([np.sin(self.arms), np.cos(self.arms)])
        lengths = np.cumsum([0.0, _UPPER_ARM, _FOREARM, _HAND])
        return np.array(_JOINT) + lengths[:, None] * way

    def leg(self):
        """Hip joint and ankle of the right leg."""
        return np.array([[_LEG[0], _CROTCH - 0.03], [_LEG[1], _ANKLE]])

    def points(self):
        right = {
            "neck": _NECK,
            "shoulder": _SHOULDER,
            "armpit": self._armpit(),
            "elbow": self.arm()[1],
            "wrist": self.arm()[2],
            "waist": _WAIST,
            "hip": _HIP,
            "ankle_outer": (_LEG[1] + _LEG_RADII[1], _ANKLE),
            "ankle_inner": (_LEG[1] - _LEG_RADII[1], _ANKLE),
        }
        points = {f"{n}_right": self.at(*at) for n, at in right.items()}
        left = {f"{n}_left": self.at(-x, y) for n, (x, y) in right.items()}
        return left | points | {"crotch": self.at(0.0, _CROTCH)}

    def _armpit(self):
        """Where the inner edge of the arm meets the side of the trunk."""
        joint, elbow = self.arm()[:2]
        way = (elbow - joint) / np.linalg.norm(elbow - joint)
        aside = np.array([-way[1], way[0]])
        start, end = (
            joint + aside * _ARM_RADII[0],
            elbow + aside * (_ARM_RADII[1]),
        )
        chest, waist = np.array(_CHEST), np.array(_WAIST)
        sides = np.stack([end - start, chest - waist], axis=1)
        if abs(np.linalg.det(sides)) < 1e-6:
            return _CHEST
        share = np.linalg.solve(sides, chest - start)[0]
        return start + np.clip(share, 0.0, 1.0) * (end - start)

    def drawn(self):
        """The figure and how far it stands out, float32, enlarged."""
        alpha = np.zeros(self.size, "float32")
        relief = np.zeros(self.size, "float32")
        for part in self._parts():
            mask = np.zeros(self.size, "uint8")
            cv2.fillPoly(mask, [self._enlarged(part)], 1)
            depth = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
            widest = max(float(depth.max()), 1.0)
            round_off = widest * np.sqrt(
                np.clip(1.0 - (1.0 - depth / widest) ** 2, 0.0, 1.0)
            )
            alpha = np.maximum(alpha, mask)
            relief = np.maximum(relief, round_off)
        return alpha, relief

    def _enlarged(self, part):
        places = np.array([self.at(x, y) for x, y in part])
        places = (places + 0.5) * _SUPERSAMPLING - 0.5
        return np.rint(places).astype("int32")

    def _parts(self):
        """Outlines of the parts, as shares of the height."""
        turn = np.linspace(0.0, 2.0 * np.pi, 48, endpoint=False)
        yield np.stack(
            [0.052 * np.sin(turn), 0.072 + 0.072 * np.cos(turn)], axis=1
        )
        half = np.array(
            [(0.029, 0.10), (0.029, 0.155), _NECK, (0.075, 0.182), _SHOULDER,
             (0.122, 0.225), _CHEST, (0.078, 0.34), _WAIST, (0.084, 0.44),
             _HIP, (0.090, 0.53), (0.045, 0.545), (0.0, _CROTCH)]
        )  # fmt: skip
        yield np.concatenate([half, half[::-1] * (-1.0, 1.0)])
        leg = np.array([*self.leg(), (_LEG[1] + 0.012, _SOLE - 0.012)])
        for path, radii in (
            (self.arm(), _ARM_RADII),
            (leg, (*_LEG_RADII, 0.020)),
        ):
            for sign in (-1.0, 1.0):
                yield _tube(path, radii) * (sign, 1.0)


def _tube(path, radii):
    """The outline around a path whose thickness changes."""
    discs = []
    turn = np.linspace(0.0, 2.0 * np.pi, 24, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    for start, end, first, last in zip(path, path[1:], radii, radii[1:]):
        for share in np.linspace(0.0, 1.0, 8):
            middle = start + share * (end - start)
            discs.append(middle + (first + share * (last - first)) * circle)
    whole = np.concatenate(discs).astype("float32")
    return cv2.convexHull(whole).reshape(-1, 2)


def _shaded(relief, color):
    smooth = cv2.GaussianBlur(relief, (0, 0), relief.shape[0] / 240.0)
    slope_x = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=0.125)
    slope_y = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=0.125)
    normals = np.dstack([-slope_x, -slope_y, np.ones_like(relief)])
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    light = np.clip(normals @ (_LIGHT / np.linalg.norm(_LIGHT)), 0.0, 1.0)
    return (0.45 + 0.6 * light)[..., None] * color
