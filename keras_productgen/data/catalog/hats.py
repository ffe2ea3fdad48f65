"""Hats: caps, beanies, hats with a brim, bucket hats."""

import numpy as np

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog import tops
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import flip
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.outline import symmetric
from keras_productgen.data.catalog.relief import Relief


def hat(item, size, generator):
    """Cap, beanie, fedora or bucket hat; `height` is the crown's."""
    cells, stretch = generator.uniform(3.0, 4.4), generator.uniform(0.9, 1.1, 2)
    relief = Relief(item, size, cells, stretch)
    kind = (_cap, _beanie, _fedora, _bucket)[generator.integers(4)]
    kind(relief, 0.75 + 0.35 * item.height, generator)
    return relief.surface(softness=0.016)


def _cap(relief, tall, generator):
    """Baseball cap from the side, the visor to one side."""
    top = 0.22 - 0.74 * tall
    sign = 1.0 if generator.random() < 0.5 else -1.0
    visor = join(
        curve((0.16, 0.16), (0.45, 0.10), (0.72, 0.20), (0.93, 0.38)),
        curve((0.93, 0.38), (0.66, 0.33), (0.36, 0.32), (0.05, 0.30)),
    ) * (sign, 1.0)
    part = relief.add(visor, 0.10, rim=0.08)
    accent = generator.random() < 0.55
    color = relief.item.second_color if accent else relief.item.color
    dome = join(
        curve(
            (-0.62, 0.27),
            (-0.62, -0.02),
            (-0.46, 0.30 * top - 0.18),
            (-0.20, top + 0.03),
            (0.04, top),
            (0.26, top + 0.09),
            (0.42, 0.35 * top),
            (0.48, 0.16),
        ),
        curve((0.48, 0.16), (0.20, 0.27), (-0.20, 0.33), (-0.62, 0.27)),
    ) * (sign, 1.0)
    relief.paint_part(part, color)
    relief.paint_part(relief.add(dome, 0.26, rim=0.42), relief.item.color, 0.0)
    _cap_details(relief, top, sign, color)


def _cap_details(relief, top, sign, color):
    flipped = (sign, 1.0)
    button = (-0.02 * sign, top + 0.01)
    for end, x in (((-0.38, 0.31), -0.34), ((0.14, 0.27), 0.16)):
        middle = (x, 0.45 * top)
        path = curve((button[0] * sign, top), middle, end) * flipped
        relief.seam(path, 0.016)
    relief.paint(outline.ellipse(*button, 0.05, 0.03), color)
    stitches = curve((0.2, 0.24), (0.5, 0.20), (0.8, 0.31)) * flipped
    relief.seam(stitches, 0.010)
    edge = curve((0.47, 0.17), (0.20, 0.28), (-0.10, 0.32)) * flipped
    relief.stroke(edge, (0.0, 0.0, 0.0), 0.03, 0.35)
    badge = outline.ellipse(0.27 * sign, -0.08, 0.09, 0.11, -0.25 * sign)
    relief.paint(badge, relief.item.second_color)
    relief.ridge(badge, 0.015, 0.02, closed=True)


def _beanie(relief, tall, generator):
    """Knitted, with a ribbed cuff and sometimes a pompom."""
    top = 0.42 - 1.02 * tall
    if generator.random() < 0.6:
        pompom = outline.ellipse(0.0, top - 0.10, 0.17, 0.16)
        ripple = 1.0 + 0.05 * np.sin(np.arange(32) * 2.7)
        pompom = (pompom - (0.0, top - 0.1)) * ripple[:, None]
        part = relief.add(pompom + (0.0, top - 0.1), 0.18, rim=0.16)
        relief.paint_part(part, relief.item.second_color)
    dome = symmetric(
        curve(
            (0.0, top),
            (0.26, top + 0.06),
            (0.46, top + 0.30),
            (0.54, 0.18),
            (0.52, 0.42),
        )
    )
    relief.add(dome, 0.26, rim=0.45)
    for x in np.linspace(-0.9, 0.9, 13):
        rib = curve(
            (0.12 * x, top + 0.04), (0.48 * x, top + 0.38), (0.54 * x, 0.3)
        )
        relief.ridge(rib, 0.03, 0.02)
    _beanie_cuff(relief, generator)


def _beanie_cuff(relief, generator):
    cuff = symmetric(
        curve((0.0, 0.22), (0.4, 0.20), (0.56, 0.16)),
        curve((0.58, 0.22), (0.57, 0.36), (0.54, 0.46)),
        curve((0.54, 0.46), (0.3, 0.50), (0.0, 0.51)),
    )
    part = relief.add(cuff, 0.10, rim=0.10, lift=0.22)
    accent = generator.random() < 0.5
    relief.paint_part(
        part, relief.item.second_color if accent else relief.item.color
    )
    for x in np.linspace(-0.54, 0.54, 17):
        rib = line((x, 0.21), (0.97 * x, 0.50))
        relief.ridge(rib, -0.03, 0.018)
        relief.stroke(rib, (0.0, 0.0, 0.0), 0.018, 0.12)
    relief.stroke(cuff, (0.0, 0.0, 0.0), 0.012, 0.25, closed=True)


def _fedora(relief, tall, generator):
    """A wide brim, a pinched crown and a ribbon."""
    top = 0.24 - 0.80 * tall
    wide = generator.uniform(0.80, 0.92)
    brim = symmetric(
        curve((0.0, 0.12), (0.5 * wide, 0.12), (wide, 0.17)),
        curve((wide, 0.17), (0.75 * wide, 0.38), (0.0, 0.46)),
    )
    relief.add(brim, 0.10, rim=0.16)
    relief.ridge(brim, 0.02, 0.025, closed=True)
    crown = symmetric(
        curve((0.0, top + 0.06), (0.14, top), (0.30, top + 0.05)),
        curve((0.30, top + 0.05), (0.40, 0.4 * top), (0.44, 0.20)),
        curve((0.44, 0.20), (0.26, 0.28), (0.0, 0.30)),
    )
    relief.add(crown, 0.26, rim=0.34, lift=0.04)
    pinch = curve((0.10, top + 0.08), (0.20, top + 0.22), (0.18, top + 0.34))
    tops.both(relief.fold, pinch, -0.12, 0.07)
    ribbon = join(
        curve((-0.43, 0.06), (0.0, 0.15), (0.43, 0.06)),
        curve((0.45, 0.20), (0.0, 0.31), (-0.45, 0.20)),
    )
    relief.paint(ribbon, relief.item.second_color)
    relief.stroke(ribbon, (0.0, 0.0, 0.0), 0.014, 0.3, closed=True)
    under = curve((-0.46, 0.21), (0.0, 0.33), (0.46, 0.21))
    relief.stroke(under, (0.0, 0.0, 0.0), 0.04, 0.3)


def _bucket(relief, tall, generator):
    """Sloping brim, flat top, rows of stitches."""
    top = 0.12 - 0.66 * tall
    crown = symmetric(
        curve((0.0, top), (0.2, top + 0.01), (0.34, top + 0.08)),
        curve((0.34, top + 0.08), (0.42, 0.4 * top), (0.46, 0.16)),
        curve((0.46, 0.16), (0.2, 0.22), (0.0, 0.23)),
    )
    relief.add(crown, 0.24, rim=0.36)
    brim = symmetric(
        curve((0.0, 0.16), (0.24, 0.14), (0.47, 0.07)),
        curve((0.47, 0.07), (0.62, 0.24), (0.74, 0.42)),
        curve((0.74, 0.42), (0.40, 0.53), (0.0, 0.56)),
    )
    part = relief.add(brim, 0.18, rim=0.2, lift=0.10)
    if generator.random() < 0.45:
        relief.paint_part(part, relief.item.second_color)
    lid = curve((-0.33, top + 0.09), (0.0, top + 0.14), (0.33, top + 0.09))
    relief.seam(lid, 0.016)
    for i in range(1, 5):
        end = (0.47 + 0.06 * i, 0.07 + 0.075 * i)
        row = curve(flip(line(end))[0], (0.0, 0.15 + 0.085 * i), end)
        relief.seam(row, 0.009)
    joint = curve((-0.47, 0.07), (0.0, 0.16), (0.47, 0.07))
    relief.stroke(joint, (0.0, 0.0, 0.0), 0.03, 0.3)
    eyelet = outline.ellipse(0.26, -0.05, 0.025, 0.025)
    tops.both(relief.paint, eyelet, (0.3, 0.3, 0.3))
