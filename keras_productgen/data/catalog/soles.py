"""What all shoes share: the ground, the sole, the opening."""

from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line

GROUND = 0.50


def add_sole(relief, top, color, heel=False):
    """The sole between the given upper line and the ground."""
    lower = curve((0.85, 0.40), (0.82, 0.47), (0.68, GROUND), (0.1, GROUND))
    if heel:
        back = join(
            curve((-0.05, GROUND - 0.01), (-0.17, 0.45), (-0.22, 0.46)),
            line((-0.23, GROUND), (-0.76, GROUND), (-0.80, 0.47)),
        )
    else:
        back = curve((-0.2, GROUND), (-0.68, GROUND), (-0.83, 0.45))
    outline = join(top, lower, back)
    part = relief.add(outline, 0.22, rim=0.08, lift=0.02)
    relief.paint_part(part, color)
    return part


def add_opening(relief, near, far, color=(0.0, 0.0, 0.0), opacity=0.5):
    """The inside of the shoe between its near and its far top line."""
    inside = join(near, far[::-1])
    relief.add(inside, 0.04, rim=0.05)
    relief.paint(inside, relief.item.second_color)
    relief.paint(inside, color, opacity)
