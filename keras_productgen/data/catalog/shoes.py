"""Shoes from the side: sneakers, boots, pumps, loafers."""

import numpy as np

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog.outline import between
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.relief import Relief

_GROUND = 0.50


def shoes(item, size, generator):
    """One shoe with its toe to the right; `height` is shaft or heel."""
    cells, stretch = generator.uniform(3.4, 4.6), generator.uniform(0.9, 1.1, 2)
    relief = Relief(item, size, cells, stretch)
    kind = (_sneaker, _boot, _pump, _loafer)[generator.integers(4)]
    kind(relief, item.height, generator)
    return relief.surface(softness=0.014)


def _sole(relief, top, color, heel=False):
    """The sole between the given upper line and the ground."""
    lower = curve((0.85, 0.40), (0.82, 0.47), (0.68, _GROUND), (0.1, _GROUND))
    if heel:
        back = join(
            curve((-0.05, _GROUND - 0.01), (-0.17, 0.45), (-0.22, 0.46)),
            line((-0.23, _GROUND), (-0.76, _GROUND), (-0.80, 0.47)),
        )
    else:
        back = curve((-0.2, _GROUND), (-0.68, _GROUND), (-0.83, 0.45))
    sole = join(top, lower, back)
    part = relief.add(sole, 0.22, rim=0.08, lift=0.02)
    relief.paint_part(part, color)
    return part


def _opening(relief, near, far, color=(0.0, 0.0, 0.0), opacity=0.5):
    """The inside of the shoe between its near and its far top line."""
    inside = join(near, far[::-1])
    relief.add(inside, 0.04, rim=0.05)
    relief.paint(inside, relief.item.second_color)
    relief.paint(inside, color, opacity)


def _sneaker(relief, height, generator):
    shaft = -0.02 - 0.36 * height
    near = curve(
        (-0.78, shaft - 0.08),
        (-0.62, shaft + 0.02),
        (-0.40, shaft + 0.04),
        (-0.20, shaft - 0.12),
    )
    _opening(relief, near, near - (-0.03, 0.05))
    upper = join(
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
    relief.add(upper, 0.26, rim=0.26)
    white = (0.95, 0.94, 0.92)
    colored = generator.random() < 0.25
    sole = curve((-0.84, 0.36), (-0.3, 0.385), (0.4, 0.37), (0.84, 0.34))
    toe = curve((0.84, 0.38), (0.84, 0.2), (0.70, 0.17), (0.52, 0.40))
    if generator.random() < 0.6:
        relief.paint(toe, white)
        relief.stroke(toe, (0.0, 0.0, 0.0), 0.014, 0.3)
    _sneaker_side(relief, shaft, generator)
    _laces(relief, (-0.13, shaft - 0.09), (0.30, 0.11), white)
    _sole(relief, sole, relief.item.second_color if colored else white)
    relief.seam(sole, 0.02)
    relief.seam(sole + (0.0, 0.07), 0.012)


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
    _opening(relief, near, near - (0.0, 0.05))
    upper = join(
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
    relief.add(upper, 0.28, rim=0.28)
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
    _sole(relief, sole, dark, heel=True)
    relief.stroke(sole, (0.75, 0.6, 0.4), 0.014, 0.7)


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


def _pump(relief, height, generator):
    """High heels: `height` is the heel's."""
    lift = 0.22 + 0.38 * height
    seat = _GROUND - lift
    thin = generator.random() < 0.6
    tip = 0.035 if thin else 0.13
    heel = join(
        line((-0.70, seat - 0.02), (-0.36, seat + 0.07)),
        curve((-0.38, seat + 0.08), (-0.60 + tip, 0.6 * seat + 0.2),
              (-0.64 + tip, _GROUND)),
        line((-0.66, _GROUND)),
        curve((-0.66, _GROUND), (-0.68, 0.5 * (seat + _GROUND)),
              (-0.74, seat - 0.05)),
    )  # fmt: skip
    part = relief.add(heel, 0.16, rim=0.08)
    accent = generator.random() < 0.4
    relief.paint_part(
        part, relief.item.second_color if accent else relief.item.color
    )
    sole = curve((-0.72, seat), (-0.36, seat + 0.08), (-0.02, _GROUND - 0.12),
                 (0.28, _GROUND - 0.01), (0.84, _GROUND - 0.03))  # fmt: skip
    near = curve((-0.74, seat - 0.26), (-0.52, seat - 0.10),
                 (-0.16, seat + 0.30 * lift + 0.0), (0.24, 0.27),
                 (0.40, 0.22))  # fmt: skip
    far = curve((-0.72, seat - 0.27), (-0.44, seat - 0.16),
                (-0.08, seat + 0.30 * lift - 0.10), (0.26, 0.16),
                (0.40, 0.21))  # fmt: skip
    _opening(relief, near, far, opacity=0.25)
    vamp = curve((0.40, 0.22), (0.62, 0.28), (0.80, 0.37), (0.86, 0.47))
    back = curve((-0.72, seat), (-0.77, seat - 0.12), (-0.74, seat - 0.26))
    relief.add(join(near, vamp, sole[::-1], back), 0.24, rim=0.18)
    relief.stroke(sole + (0.0, 0.012), (0.25, 0.17, 0.12), 0.03, 0.9)
    relief.ridge(near, 0.02, 0.025)
    if generator.random() < 0.5:
        bow = outline.ellipse(0.40, 0.25, 0.06, 0.04, 0.5)
        relief.paint(bow, relief.item.second_color)
        relief.ridge(bow, 0.03, 0.02, closed=True)


def _loafer(relief, height, generator):
    top = 0.10 - 0.12 * height
    near = curve((-0.79, top - 0.02), (-0.62, top + 0.06),
                 (-0.30, top + 0.07), (0.02, top - 0.06))  # fmt: skip
    far = curve((-0.76, top - 0.06), (-0.50, top - 0.01),
                (-0.20, top - 0.02), (0.04, top - 0.10))  # fmt: skip
    _opening(relief, near, far, opacity=0.35)
    upper = join(
        near,
        curve((0.02, top - 0.12), (0.22, top - 0.06), (0.48, 0.11),
              (0.70, 0.17), (0.83, 0.29), (0.84, 0.41)),
        curve((0.6, 0.43), (-0.3, 0.43), (-0.80, 0.41)),
        curve((-0.80, 0.41), (-0.83, 0.25), (-0.79, top - 0.02)),
    )  # fmt: skip
    relief.add(upper, 0.28, rim=0.24)
    strap = join(
        curve((0.10, top - 0.12), (0.18, top + 0.02), (0.10, 0.40)),
        curve((0.30, 0.42), (0.36, 0.22), (0.30, top + 0.02)),
    )
    relief.paint(strap, relief.item.second_color, 0.9)
    relief.ridge(strap, 0.03, 0.02, closed=True)
    apron = curve((0.34, 0.20), (0.56, 0.22), (0.72, 0.25), (0.80, 0.33))
    relief.seam(apron, 0.022)
    relief.ridge(near, 0.03, 0.03)
    relief.seam(curve((-0.56, top + 0.08), (-0.58, 0.25), (-0.52, 0.42)), 0.014)
    sole = curve((-0.82, 0.39), (-0.3, 0.41), (0.4, 0.41), (0.85, 0.38))
    _sole(relief, sole, (0.24, 0.16, 0.11), heel=True)
    relief.stroke(sole, (0.8, 0.66, 0.45), 0.012, 0.6)
