"""Shirts with collar and buttons, and outwear."""

import numpy as np

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog import tops
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.outline import symmetric
from keras_productgen.data.catalog.relief import Relief

_METAL = (0.72, 0.72, 0.74)


def shirt(item, size, generator):
    """Collar, placket, buttons and pocket; short to long sleeves."""
    relief = Relief(item, size, cells=generator.uniform(4.5, 6.5))
    chest = generator.uniform(0.37, 0.43)
    short = item.height < 0.4
    steep = generator.uniform(64.0, 70.0)
    cut = tops.Cut(
        neck=0.17,
        neck_depth=generator.uniform(0.16, 0.24),
        chest=chest,
        shoulder=chest + 0.05,
        hem=chest + generator.uniform(-0.02, 0.03),
        top=-0.66,
        bottom=generator.uniform(0.58, 0.68),
        hem_curve=generator.uniform(0.06, 0.12),
        sleeve=0.25 + 0.92 * item.height,
        sleeve_angle=52.0 if short else steep,
        cuff_width=0.25 if short else 0.17,
        v_neck=True,
    )
    tops.sleeves(relief, cut)
    tops.body(relief, cut)
    tops.neck_hole(relief, cut)
    tops.wrinkles(relief, cut, generator, amount=0.06)
    contrast = generator.random() < 0.3
    tops.cuffs(relief, cut, 0.09, item.second_color if contrast else None)
    button = (0.97, 0.96, 0.93) if sum(item.color) < 1.9 else (0.25, 0.22, 0.2)
    bottom = cut.bottom + cut.hem_curve
    tops.placket(relief, cut.top + cut.neck_depth, bottom, button, 6)
    if generator.random() < 0.7:
        _pocket(relief, 0.23, -0.14)
    _collar(relief, cut, item.second_color if contrast else item.color)
    return relief.surface()


def _pocket(relief, x, y):
    w, h = 0.09, 0.11
    path = line((x - w, y - h), (x + w, y - h), (x + w, y + 0.7 * h),
                (x, y + h), (x - w, y + 0.7 * h))  # fmt: skip
    relief.seam(path, closed=True)
    relief.ridge(path[:2], 0.02, 0.02)


def _collar(relief, cut, color):
    """Stand at the back, and two leaves over the front."""
    top = cut.top - 0.09
    stand = symmetric(
        curve((0.0, top), (0.6 * cut.neck, top + 0.01), (cut.neck, top + 0.06)),
        line((cut.neck, cut.top + 0.05), (0.0, cut.top + 0.06)),
    )
    relief.paint_part(relief.add(stand, 0.03, rim=0.05), color)
    relief.paint(stand, (0.0, 0.0, 0.0), 0.25)
    deep = cut.top + cut.neck_depth
    leaf = line(
        (cut.neck - 0.04, top + 0.05),
        (cut.neck + 0.07, cut.top + 0.06),
        (cut.neck + 0.02, deep + 0.10),
        (0.015, deep - 0.01),
    )
    for side in (leaf, outline.flip(leaf)):
        relief.paint_part(relief.add(side, 0.05, rim=0.04, lift=0.13), color)
        relief.stroke(side, (0.0, 0.0, 0.0), 0.012, 0.28, closed=True)


def outwear(item, size, generator):
    """Padded jackets, zip jackets with a hood, coats with lapels, vests."""
    relief = Relief(item, size, cells=generator.uniform(2.4, 3.6))
    chest = generator.uniform(0.40, 0.46)
    sleeveless = item.height < 0.12
    kind = ("padded", "hooded", "coat")[generator.integers(3)]
    cut = tops.Cut(
        neck=0.18,
        neck_depth=0.34 if kind == "coat" else 0.07,
        chest=chest,
        shoulder=chest - 0.04 if sleeveless else chest + 0.06,
        hem=chest + (0.08 if kind == "coat" else -0.01),
        top=-0.60,
        bottom=0.84 if kind == "coat" else generator.uniform(0.58, 0.68),
        sleeve=0.70 + 0.38 * item.height,
        sleeve_angle=generator.uniform(66.0, 72.0),
        sleeve_width=0.33,
        cuff_width=0.21,
        thickness=0.17,
        v_neck=kind == "coat",
    )
    if not sleeveless:
        tops.sleeves(relief, cut)
        tops.cuffs(relief, cut, 0.08)
    if kind == "hooded":
        _hood(relief, cut)
    tops.body(relief, cut)
    _OUTWEAR[kind](relief, cut, generator)
    if kind != "padded":
        tops.wrinkles(relief, cut, generator, amount=0.07)
    return relief.surface()


def _zip(relief, top, bottom):
    relief.stroke(line((0.0, top), (0.0, bottom)), _METAL, 0.035)
    relief.stroke(line((0.0, top), (0.0, bottom)), (0.2, 0.2, 0.22), 0.012)
    relief.ridge(line((0.0, top), (0.0, bottom)), -0.03, 0.03)
    relief.paint(outline.ellipse(0.0, top + 0.05, 0.025, 0.05), _METAL)


def _padded(relief, cut, generator):
    """Quilted chambers across body and sleeves, a standing collar."""
    step = generator.uniform(0.14, 0.20)
    for y in np.arange(cut.top + 0.22, cut.bottom, step):
        path = curve((-0.7, y), (0.0, y + 0.03), (0.7, y))
        relief.ridge(path, -0.055, 0.05)
        relief.stroke(path, (0.0, 0.0, 0.0), 0.014, 0.25)
    _standing_collar(relief, cut)
    _zip(relief, cut.top - 0.06, cut.bottom)
    tops.both(relief.seam, curve((cut.chest, cut.slope + cut.armhole),
              (0.9 * cut.shoulder, cut.slope + 0.5 * cut.armhole),
              (cut.shoulder, cut.slope)), 0.02)  # fmt: skip


def _standing_collar(relief, cut):
    collar = symmetric(
        curve((0.0, cut.top - 0.13), (0.14, cut.top - 0.13), (0.2, cut.top)),
        line((0.18, cut.top + 0.08), (0.0, cut.top + 0.12)),
    )
    part = relief.add(collar, 0.10, rim=0.06, lift=0.08)
    relief.paint_part(part, relief.item.second_color, 0.9)


def _hood(relief, cut):
    hood = symmetric(
        curve(
            (0.0, cut.top - 0.28),
            (0.22, cut.top - 0.20),
            (0.30, cut.top - 0.02),
            (0.22, cut.top + 0.10),
        )
    )
    relief.add(hood, 0.14, rim=0.12, lift=0.02)


def _hooded(relief, cut, generator):
    opening = symmetric(
        curve(
            (0.0, cut.top - 0.19),
            (0.15, cut.top - 0.13),
            (0.19, cut.top - 0.01),
            (0.0, cut.top + 0.13),
        )
    )
    relief.paint(opening, relief.item.second_color)
    relief.paint(opening, (0.0, 0.0, 0.0), 0.35)
    relief.height[relief.fill(opening) > 127] *= 0.5
    relief.ridge(opening, 0.04, 0.05, closed=True)
    _zip(relief, cut.top + 0.10, cut.bottom)
    cord = curve((0.07, cut.top + 0.1), (0.08, cut.top + 0.2), (0.06, -0.22))
    tops.both(relief.stroke, cord, (0.95, 0.95, 0.93), 0.022)
    pocket = line((0.08, 0.42), (0.14, 0.18), (0.34, 0.34), (0.34, 0.50))
    tops.both(relief.seam, pocket, 0.016)
    tops.hem_band(relief, cut, 0.08)


def _coat(relief, cut, generator):
    neckline = tops.neck_hole(relief, cut)
    deep = cut.top + cut.neck_depth
    lapel = line((0.17, cut.top - 0.03), (0.29, cut.top + 0.14),
                 (0.22, cut.top + 0.20), (0.26, cut.top + 0.23),
                 (0.02, deep + 0.06), (0.0, deep))  # fmt: skip
    relief.stroke(neckline, relief.item.color, 0.03)
    for side in (lapel, outline.flip(lapel)):
        relief.paint_part(
            relief.add(side, 0.04, rim=0.05, lift=0.20), relief.item.color
        )
        relief.stroke(side, (0.0, 0.0, 0.0), 0.012, 0.3, closed=True)
    relief.seam(line((0.0, deep), (0.0, cut.bottom)), 0.02)
    for y in np.linspace(deep + 0.12, 0.42, 3):
        tops.both(
            relief.paint,
            outline.ellipse(0.10, y, 0.034, 0.034),
            (0.16, 0.13, 0.12),
        )
    flap = line((0.17, 0.30), (0.38, 0.28), (0.38, 0.36), (0.17, 0.38))
    tops.both(relief.seam, flap, 0.014, closed=True)


_OUTWEAR = {"padded": _padded, "hooded": _hooded, "coat": _coat}
