"""A relief: a flat product as outlines inflated to a height field."""

import functools

import cv2
import numpy as np

from keras_productgen.data.catalog import patterns
from keras_productgen.data.catalog.surface import Surface

_SHIFT = 4


@functools.lru_cache(maxsize=8)
def grid(size):
    """x (right) and y (down) of the pixel centres, in [-1, 1]."""
    axis = (np.arange(size, dtype="float32") + 0.5) * (2.0 / size) - 1.0
    x, y = np.meshgrid(axis, axis)
    x.flags.writeable = y.flags.writeable = False
    return x, y


class Relief:
    """Collects the parts, folds and paint of one flat product.

    Lengths are in half pictures. Later parts never sink below earlier ones
    that are higher, so a valley marks where two parts meet.

    Args:
        item: the `Item`; gives the colours and the pattern.
        size: side of the square canvas in pixels.
        cells: repeats of the pattern in a half picture.
        stretch: factors of all x and all y.
    """

    def __init__(self, item, size, cells, stretch=(1.0, 1.0)):
        self.item = item
        self.size = size
        self.cells = cells
        self.stretch = np.asarray(stretch)
        self.x, self.y = grid(size)
        self.mask = np.zeros((size, size), "uint8")
        self.height = np.zeros((size, size), "float32")
        self.folds = np.zeros((size, size), "float32")
        self.lines = np.zeros((size, size), "float32")
        self.u, self.v = self.x.copy(), self.y.copy()
        self.paints = []

    def pixels(self, points):
        """Points as OpenCV's fixed point pixel coordinates."""
        points = np.asarray(points) * self.stretch
        scaled = (points + 1.0) * (self.size / 2.0) - 0.5
        return np.round(scaled * (1 << _SHIFT)).astype("int32")

    def fill(self, outline):
        """uint8 mask of a closed outline, with soft edges."""
        mask = np.zeros((self.size, self.size), "uint8")
        points = self.pixels(outline)
        cv2.fillPoly(mask, [points], 255, cv2.LINE_AA, _SHIFT)
        return mask

    def thickness(self, width):
        return max(1, round(width * self.size / 2.0))

    def add(self, outline, thickness=0.1, rim=0.16, lift=0.0, frame=None):
        """A part that bulges by `thickness` within `rim` of its edge.

        Args:
            frame: optional `(x, y, angle)`, where the pattern starts and how
                it is turned (radians), so that stripes follow a sleeve.
        """
        part = self.fill(outline)
        inside = cv2.threshold(part, 127, 255, cv2.THRESH_BINARY)[1]
        distance = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
        distance *= 2.0 / (self.size * rim)
        rest = 1.0 - np.minimum(distance, 1.0)
        # Between a parabola and a circle: cloth lies flatter than a ball.
        round_off = 1.0 - rest * rest
        bulge = thickness * round_off * (1.35 - 0.35 * round_off) + lift
        np.maximum(self.height, bulge, out=self.height, where=inside > 0)
        if frame is not None:
            self._turn_pattern(inside > 0, frame)
        cv2.max(self.mask, part, self.mask)
        return part

    def _turn_pattern(self, where, frame):
        x, y, angle = frame
        c, s = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        dx, dy = self.x - np.float32(x), self.y - np.float32(y)
        np.copyto(self.u, c * dx + s * dy, where=where)
        np.copyto(self.v, c * dy - s * dx, where=where)

    def cut(self, outline):
        """Take the inside of an outline away."""
        hole = self.fill(outline)
        cv2.subtract(self.mask, hole, self.mask)
        self.height[hole > 127] = 0.0

    def paint(self, outline, color, opacity=1.0):
        """Colour the inside of an outline, over the pattern."""
        self.paints.append((self.fill(outline), color, opacity))

    def paint_part(self, part, color, opacity=1.0):
        """Colour a part that `add` returned."""
        self.paints.append((part, color, opacity))

    def stroke(self, path, color, width, opacity=1.0, closed=False):
        """Colour a line, over the pattern."""
        mask = np.zeros((self.size, self.size), "uint8")
        points, thickness = [self.pixels(path)], self.thickness(width)
        cv2.polylines(mask, points, closed, 255, thickness, cv2.LINE_AA, _SHIFT)
        self.paints.append((mask, color, opacity))

    def ridge(self, path, bump, width=0.02, closed=False):
        """A fine raised (or, below 0, sunken) line: seams, ribs, edges."""
        points = [self.pixels(path)]
        thickness = self.thickness(width)
        cv2.polylines(
            self.lines, points, closed, bump, thickness, cv2.LINE_8, _SHIFT
        )

    def seam(self, path, width=0.014, closed=False):
        """A stitched line: sunken and darker."""
        self.ridge(path, -0.012, width, closed)
        self.stroke(path, self.item.color, width, 0.0, closed)
        self.paints[-1] = (self.paints[-1][0], (0.0, 0.0, 0.0), 0.22)

    def fold(self, path, bump, width=0.05):
        """A soft fold of the cloth."""
        points = [self.pixels(path)]
        thickness = self.thickness(width)
        cv2.polylines(
            self.folds, points, False, bump, thickness, cv2.LINE_8, _SHIFT
        )

    def surface(self, softness=0.022):
        """The finished `Surface`, seen from the front."""
        half = self.size / 2.0
        fold = cv2.GaussianBlur(self.folds, (0, 0), 0.030 * half)
        fine = cv2.GaussianBlur(self.lines, (0, 0), 0.008 * half)
        base = cv2.GaussianBlur(self.height, (0, 0), softness * half)
        weight = patterns.second_color_weight(
            self.item.pattern,
            (self.u + 0.4 * fold) * self.cells,
            (self.v + 0.4 * fold) * self.cells,
            0.5 + 0.55 * self.y,
        )
        return Surface(
            mask=self.mask.astype("float32") / 255.0,
            height=base + fold + fine,
            albedo=self._albedo(weight),
        )

    def _albedo(self, weight):
        albedo = patterns.mix(self.item.color, self.item.second_color, weight)
        for mask, color, opacity in self.paints:
            x, y, width, height = cv2.boundingRect(mask)
            if width == 0:
                continue
            window = np.s_[y : y + height, x : x + width]
            alpha = mask[window].astype("float32") * (opacity / 255.0)
            target = albedo[window]
            color = np.asarray(color, "float32")
            target += (color - target) * alpha[..., None]
        return albedo
