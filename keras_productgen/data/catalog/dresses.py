"""Dresses and skirts."""

import numpy as np

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog import tops
from keras_productgen.data.catalog.outline import between
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.outline import symmetric
from keras_productgen.data.catalog.relief import Relief


def dress(item, size, generator):
    """A-line, sheath or flared; straps, sleeveless or short sleeves."""
    relief = Relief(item, size, cells=generator.uniform(3.8, 5.5))
    flare = (0.34, 0.46, 0.60)[generator.integers(3)]
    flare += generator.uniform(-0.04, 0.05)
    kind = ("straps", "sleeveless", "sleeves")[generator.integers(3)]
    bottom = 0.52 + 0.36 * item.height
    waist_y = generator.uniform(-0.16, -0.04)
    waist = generator.uniform(0.20, 0.25)
    if kind == "sleeves":
        _dress_sleeves(relief)
    _bodice(relief, kind, waist, waist_y)
    hem = _flared(relief, waist, waist_y, flare, bottom, generator)
    _waist(relief, generator, waist, waist_y)
    relief.seam(hem - (0.0, 0.05))
    pleats(relief, generator, waist, waist_y, flare, bottom)
    return relief.surface()


def _dress_sleeves(relief):
    sleeve = join(
        curve((0.20, -0.82), (0.38, -0.76), (0.52, -0.55)),
        curve((0.40, -0.44), (0.33, -0.50), (0.27, -0.50)),
        line((0.15, -0.5)),
    )
    for side, sign in ((sleeve, 1.0), (outline.flip(sleeve), -1.0)):
        frame = (sign * 0.33, -0.75, -sign * 0.7)
        relief.add(side, 0.10, rim=0.10, frame=frame)
    tops.both(relief.seam, line((0.50, -0.58), (0.39, -0.48)))


def _bodice(relief, kind, waist, waist_y):
    top = -0.84
    shoulder = {"straps": 0.20, "sleeveless": 0.30, "sleeves": 0.32}[kind]
    neck = {"straps": 0.155, "sleeveless": 0.17, "sleeves": 0.17}[kind]
    deep = {"straps": -0.50, "sleeveless": -0.62, "sleeves": -0.66}[kind]
    armpit = (0.29, -0.48)
    right = join(
        curve((0.0, deep), (0.75 * neck, deep - 0.05), (neck, top)),
        line((shoulder, top + 0.03)),
        curve((shoulder, top + 0.03), (0.94 * shoulder, -0.62), armpit),
        curve(armpit, (0.27, -0.34), (waist, waist_y)),
        line((0.0, waist_y + 0.04)),
    )
    neckline = right[: np.argmax(right[:, 1] == top) + 1]
    if kind != "straps":
        back = curve((0.0, top + 0.06), (0.6 * neck, top + 0.05), (neck, top))
        behind = symmetric(join(back, neckline[::-1]))
        part = relief.add(behind, 0.02, rim=0.05)
        relief.paint_part(part, (0.0, 0.0, 0.0), 0.42)
    relief.add(symmetric(right), 0.13, 0.18, 0.02, frame=(0.0, 0.0, 0.0))
    for side in (neckline, outline.flip(neckline)):
        relief.ridge(side, 0.02, 0.025)
        relief.stroke(side, (0.0, 0.0, 0.0), 0.014, 0.15)
    dart = curve((0.14, waist_y), (0.15, waist_y - 0.1), (0.13, -0.38))
    tops.both(relief.seam, dart, 0.010)


def _flared(relief, waist, waist_y, flare, bottom, generator):
    """The skirt of a dress; returns its hem from left to right."""
    middle = between((waist, waist_y), (flare, bottom), 0.35)
    hips = (max(middle[0] + 0.05, 0.30), middle[1])
    droop = generator.uniform(0.02, 0.06)
    hem = curve(
        (-flare, bottom - droop), (0.0, bottom + 0.02), (flare, bottom - droop)
    )
    side = curve((waist, waist_y), hips, (flare, bottom - droop))
    relief.add(join(side, hem[::-1], outline.flip(side)[::-1]), 0.15, rim=0.26)
    return hem


def _waist(relief, generator, waist, y):
    band = curve((-waist, y), (0.0, y + 0.03), (waist, y))
    if generator.random() < 0.6:
        relief.stroke(band, relief.item.second_color, 0.085)
        relief.ridge(band, 0.03, 0.07)
    else:
        relief.seam(band, 0.018)
        relief.ridge(band, -0.04, 0.03)


def pleats(relief, generator, waist, waist_y, flare, bottom, amount=0.06):
    """Folds that fan out from the waist."""
    count = int(5 + 9 * flare)
    positions = np.linspace(-0.92, 0.92, count)
    positions = positions + generator.uniform(-0.05, 0.05, count)
    for i, position in enumerate(positions):
        start = (waist * position, waist_y + generator.uniform(0.02, 0.16))
        end = (flare * position, bottom)
        middle = between(start, end, 0.5) + (0.02 * position, 0.0)
        bump = amount * (1.0 if i % 2 else -0.7) * generator.uniform(0.6, 1.0)
        relief.fold(curve(start, middle, end), bump, 0.05 + 0.03 * flare)


def skirt(item, size, generator):
    """A-line, straight or full; sharp or soft pleats; a waistband."""
    relief = Relief(item, size, cells=generator.uniform(3.2, 4.6))
    kind = ("a-line", "straight", "full")[generator.integers(3)]
    waist = generator.uniform(0.30, 0.36)
    flare = {"a-line": 0.58, "straight": 0.42, "full": 0.78}[kind]
    flare += generator.uniform(-0.04, 0.04)
    length = 0.78 + 0.62 * item.height
    top, bottom = -0.5 * length - 0.03, 0.5 * length
    hem = _skirt_body(relief, kind, waist, top, flare, bottom)
    relief.seam(hem - (0.0, 0.06))
    if kind == "straight":
        slit = line((0.2, bottom + 0.02), (0.19, bottom - 0.24))
        relief.seam(slit, 0.02)
        pleats(relief, generator, waist, top, 0.3, bottom, 0.02)
    else:
        pleats(relief, generator, waist, top + 0.1, flare, bottom, 0.07)
    _waistband(relief, generator, waist, top)
    return relief.surface()


def _skirt_body(relief, kind, waist, top, flare, bottom):
    droop = {"a-line": 0.06, "straight": 0.01, "full": 0.12}[kind]
    middle = between((waist, top), (flare, bottom - droop), 0.4)
    hips = middle + ((0.07 if kind == "straight" else 0.01), 0.0)
    side = curve((waist, top), hips, (flare, bottom - droop))
    hem = curve(
        (-flare, bottom - droop),
        (-0.5 * flare, bottom - 0.2 * droop),
        (0.0, bottom),
        (0.5 * flare, bottom - 0.2 * droop),
        (flare, bottom - droop),
    )
    relief.add(join(side, hem[::-1], outline.flip(side)[::-1]), 0.15, rim=0.26)
    return hem


def _waistband(relief, generator, waist, top):
    path = join(
        curve((-waist, top), (0.0, top + 0.03), (waist, top)),
        curve((waist, top + 0.1), (0.0, top + 0.13), (-waist, top + 0.1)),
    )
    part = relief.add(path, 0.05, rim=0.04, lift=0.13)
    accent = generator.random() < 0.5
    color = relief.item.second_color if accent else relief.item.color
    relief.paint_part(part, color)
    relief.stroke(path, (0.0, 0.0, 0.0), 0.012, 0.25, closed=True)
    relief.paint(outline.ellipse(0.0, top + 0.08, 0.03, 0.03), (0.8, 0.75, 0.6))
