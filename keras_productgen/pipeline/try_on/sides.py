"""How wide a body or a garment is, row by row between its key points."""

import numpy as np

from keras_productgen.pipeline.try_on.key_points import LEFT


class Sides:
    """Both sides through key points of the same names.

    Args:
        points: `KeyPoints`.
        names: names of points that come in pairs, from top to bottom; those
            that are not known are left out.
    """

    def __init__(self, points, names):
        pairs = [
            (points[f"{name}_left"], points[f"{name}_right"])
            for name in names
            if f"{name}_left" in points and f"{name}_right" in points
        ]
        pairs = np.array(sorted(pairs, key=lambda pair: pair[0][1]))
        self._rows = pairs[..., 1].mean(axis=1)
        self._columns = {
            "left": pairs[:, 0, 0],
            "right": pairs[:, 1, 0],
        }

    @property
    def lowest(self):
        """float, the last row that is known; below it nothing changes."""
        return float(self._rows[-1])

    def column(self, row, side):
        return float(np.interp(row, self._rows, self._columns[side]))

    def axis(self, row):
        return (self.column(row, "left") + self.column(row, "right")) / 2.0

    def half(self, row, side):
        """From the axis to a side, in pixels."""
        return abs(self.column(row, side) - self.axis(row))

    @staticmethod
    def sign(side):
        return -1.0 if side == LEFT else 1.0
