"""Shoes from the side: sneakers and boots."""

import numpy as np

from keras_productgen.data.catalog import low_shoes
from keras_productgen.data.catalog.outline import between
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.relief import Relief
from keras_productgen.data.catalog.soles import add_opening
from keras_productgen.data.catalog.soles import add_sole


def shoes(item, size, generator):
    """One shoe with its toe to the right; `height` is shaft or heel."""
    cells, stretch = generator.uniform(3.4, 4.6), generator.uniform(0.9, 1.1, 2)
    relief = Relief(item, size, cells, stretch)
    kind = (_sneaker, _boot, low_shoes.pump, low_shoes.loafer)[
        generator.integers(4)
    ]
    kind(relief, item.height, generator)
    return relief.surface(softness=0.014)


def _sneaker(relief, height, generator):
    shaft = -0.02 - 0.36 * height
    near = curve(
        (-0.78, shaft - 0.08),
        (-0.62, shaft + 0.02),
        (-0.40, shaft + 0.04),
        (-0.20, shaft - 0.12),
    )
    add_opening(relief, near, near - (-0.03, 0.05))
    relief.add(_sneaker_upper(near, shaft), 0.26, rim=0.26)
    white = (0.95, 0.94, 0.92)
    colored = generator.random() < 0.25
    sole = curve((-0.84, 0.36), (-0.3, 0.385), (0.4, 0.37), (0.84, 0.34))
    toe = curve((0.84, 0.38), (0.84, 0.2), (0.70, 0.17), (0.52, 0.40))
    if generator.random() < 0.6:
        relief.paint(toe, white)
        relief.stroke(toe, (0.0, 0.0, 0.0), 0.014, 0.3)
    _sneaker_side(relief, shaft, generator)
    _laces(relief, (-0.13, shaft - 0.09), (0.30, 0.11), white)
    add_sole(relief, sole, relief.item.second_color if colored else white)
    relief.seam(sole, 0.02)
    relief.seam(sole + (0.0, 0.07), 0.012)


def _sneaker_upper(near, shaft):
    return join(
        near,
        curve(
            (-0.12, shaft - 0.16),
            (0.08, 0.4 * shaft - 0.06),
            (0.32, 0.10),
            (0.62, 0.16),
            (0.80, 0.30),
            (0.82, 0.42),
        ),
        curve((0.6, 0.44), (-0.4, 0.44), (-0.80, 0.40)),
        curve(
            (-0.80, 0.40), (-0.76, 0.5 * shaft + 0.12), (-0.78, shaft - 0.08)
        ),
    )


def _sneaker_side(relief, shaft, generator):
    color = relief.item.second_color
    if generator.random() < 0.5:
        for x in (-0.32, -0.16, 0.0):
            bar = line((x, 0.38), (x + 0.16, 0.12))
            relief.stroke(bar, color, 0.055)
    else:
        wave = join(
            curve((-0.50, 0.10), (-0.30, 0.27), (-0.10, 0.28), (0.24, 0.10)),
            curve((0.24, 0.10), (-0.08, 0.36), (-0.36, 0.38), (-0.50, 0.10)),
        )
        relief.paint(wave, color)
    heel = join(
        curve((-0.86, 0.38), (-0.80, 0.10), (-0.82, shaft - 0.1)),
        curve((-0.62, shaft), (-0.62, 0.16), (-0.56, 0.40)),
    )
    relief.paint(heel, color, 0.9)
    relief.seam(heel[-17:], 0.014)


def _laces(relief, top, low, color):
    top, low = np.array(top), np.array(low)
    relief.seam(line(top + (-0.10, 0.10), low + (-0.13, 0.06)), 0.016)
    count = 4 + int(3.0 * (low - top)[1])
    for fraction in np.linspace(0.06, 0.88, count):
        start = between(top, low, fraction)
        lace = line(start + (0.02, -0.05), start + (-0.11, 0.07))
        relief.stroke(lace, color, 0.035)
        relief.ridge(lace, 0.04, 0.03)


def _boot(relief, height, generator):
    top = -0.34 - 0.44 * height
    near = curve((-0.72, top), (-0.40, top + 0.04), (-0.06, top - 0.01))
    add_opening(relief, near, near - (0.0, 0.05))
    relief.add(_boot_upper(near, top), 0.28, rim=0.28)
    for _ in range(3):
        y = generator.uniform(-0.14, 0.08)
        crease = curve((0.06, y), (-0.1, y + 0.06), (-0.3, y + 0.02))
        relief.fold(crease, 0.05 * generator.uniform(-1.0, 1.0))
    dark = (0.20, 0.15, 0.12)
    if generator.random() < 0.5:
        _laces(relief, (-0.08, top + 0.06), (0.24, 0.07), (0.9, 0.85, 0.7))
        relief.seam(curve((0.50, 0.16), (0.46, 0.26), (0.50, 0.41)), 0.016)
    else:
        _elastic(relief, top)
    sole = curve((-0.80, 0.37), (-0.3, 0.38), (0.4, 0.385), (0.84, 0.36))
    add_sole(relief, sole, dark, heel=True)
    relief.stroke(sole, (0.75, 0.6, 0.4), 0.014, 0.7)


def _boot_upper(near, top):
    return join(
        near,
        curve(
            (-0.06, top),
            (-0.04, 0.5 * top - 0.02),
            (0.04, -0.06),
            (0.30, 0.10),
            (0.62, 0.17),
            (0.80, 0.28),
            (0.82, 0.42),
        ),
        curve((0.5, 0.44), (-0.3, 0.43), (-0.76, 0.40)),
        curve((-0.76, 0.40), (-0.70, 0.08), (-0.68, 0.4 * top), (-0.72, top)),
    )


def _elastic(relief, top):
    """The stretch inset of a Chelsea boot."""
    inset = line((-0.46, top + 0.04), (-0.22, top + 0.04),
                 (-0.28, -0.02), (-0.40, -0.02))  # fmt: skip
    relief.paint(inset, relief.item.second_color, 0.85)
    relief.paint(inset, (0.0, 0.0, 0.0), 0.25)
    for x in np.linspace(-0.42, -0.26, 5):
        relief.ridge(line((x, top + 0.05), (x, -0.04)), -0.03, 0.012)
    tab = line((-0.71, top + 0.05), (-0.71, top - 0.08))
    relief.stroke(tab, relief.item.second_color, 0.06)
