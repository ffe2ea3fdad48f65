"""Shoes below the ankle: pumps and loafers."""

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.soles import GROUND
from keras_productgen.data.catalog.soles import add_opening
from keras_productgen.data.catalog.soles import add_sole


def pump(relief, height, generator):
    """High heels: `height` is the heel's."""
    lift = 0.22 + 0.38 * height
    seat = GROUND - lift
    thin = generator.random() < 0.6
    heel = _pump_heel(seat, 0.035 if thin else 0.13)
    part = relief.add(heel, 0.16, rim=0.08)
    accent = generator.random() < 0.4
    relief.paint_part(
        part, relief.item.second_color if accent else relief.item.color
    )
    sole = curve((-0.72, seat), (-0.36, seat + 0.08), (-0.02, GROUND - 0.12),
                 (0.28, GROUND - 0.01), (0.84, GROUND - 0.03))  # fmt: skip
    near = curve((-0.74, seat - 0.26), (-0.52, seat - 0.10),
                 (-0.16, seat + 0.30 * lift + 0.0), (0.24, 0.27),
                 (0.40, 0.22))  # fmt: skip
    far = curve((-0.72, seat - 0.27), (-0.44, seat - 0.16),
                (-0.08, seat + 0.30 * lift - 0.10), (0.26, 0.16),
                (0.40, 0.21))  # fmt: skip
    add_opening(relief, near, far, opacity=0.25)
    vamp = curve((0.40, 0.22), (0.62, 0.28), (0.80, 0.37), (0.86, 0.47))
    back = curve((-0.72, seat), (-0.77, seat - 0.12), (-0.74, seat - 0.26))
    relief.add(join(near, vamp, sole[::-1], back), 0.24, rim=0.18)
    relief.stroke(sole + (0.0, 0.012), (0.25, 0.17, 0.12), 0.03, 0.9)
    relief.ridge(near, 0.02, 0.025)
    if generator.random() < 0.5:
        bow = outline.ellipse(0.40, 0.25, 0.06, 0.04, 0.5)
        relief.paint(bow, relief.item.second_color)
        relief.ridge(bow, 0.03, 0.02, closed=True)


def _pump_heel(seat, tip):
    return join(
        line((-0.70, seat - 0.02), (-0.36, seat + 0.07)),
        curve((-0.38, seat + 0.08), (-0.60 + tip, 0.6 * seat + 0.2),
              (-0.64 + tip, GROUND)),
        line((-0.66, GROUND)),
        curve((-0.66, GROUND), (-0.68, 0.5 * (seat + GROUND)),
              (-0.74, seat - 0.05)),
    )  # fmt: skip


def loafer(relief, height, generator):
    """Penny loafers: `height` is how high the heel is covered."""
    top = 0.10 - 0.12 * height
    near = curve((-0.79, top - 0.02), (-0.62, top + 0.06),
                 (-0.30, top + 0.07), (0.02, top - 0.06))  # fmt: skip
    far = curve((-0.76, top - 0.06), (-0.50, top - 0.01),
                (-0.20, top - 0.02), (0.04, top - 0.10))  # fmt: skip
    add_opening(relief, near, far, opacity=0.35)
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
    add_sole(relief, sole, (0.24, 0.16, 0.11), heel=True)
    relief.stroke(sole, (0.8, 0.66, 0.45), 0.012, 0.6)
